import type { Board, Stranger } from "../core/types";

/** Which boards are shown, and in which order. */
export interface Choice {
  /** Part of a device ID or of an address, in lower case. */
  readonly text: string;
  readonly stuckOnly: boolean;
  readonly latestFirst: boolean;
}

function matches(board: Board, { text, stuckOnly }: Choice): boolean {
  if (stuckOnly && !board.stuck && !board.clash) return false;
  return board.device.toLowerCase().includes(text) || board.peers.some((each) => each.address.includes(text));
}

/** The chosen boards, stuck ones first, then those that share an ID. By device unless told otherwise, so that cards stay where they are. */
export function choose(boards: readonly Board[], choice: Choice): Board[] {
  const rank = (board: Board) => (board.stuck ? 0 : board.clash ? 1 : 2);
  const within = (a: Board, b: Board) =>
    choice.latestFirst ? Date.parse(b.last.time) - Date.parse(a.last.time) : a.device < b.device ? -1 : 1;
  return boards.filter((each) => matches(each, choice)).sort((a, b) => rank(a) - rank(b) || within(a, b));
}

export function chooseStrangers(strangers: readonly Stranger[], { text, stuckOnly }: Choice): Stranger[] {
  return strangers.filter((each) => each.address.includes(text) && (!stuckOnly || each.why));
}
