import type { Board, ClassDevice, Stranger } from "../core/types";

/** Which boards are shown, and in which order. */
export interface Choice {
  /** Part of a device ID, of a name or of an address, in lower case. */
  readonly text: string;
  readonly stuckOnly: boolean;
  readonly latestFirst: boolean;
}

/** The devices of a class by their IDs. */
export type ClassMap = ReadonlyMap<string, ClassDevice>;

function isNamed(device: string, of: ClassDevice | undefined, text: string): boolean {
  return device.toLowerCase().includes(text) || !!of?.name?.toLowerCase().includes(text);
}

function matches(board: Board, of: ClassDevice | undefined, { text, stuckOnly }: Choice): boolean {
  if (stuckOnly && !board.stuck && !board.clash) return false;
  return isNamed(board.device, of, text) || board.peers.some((each) => each.address.includes(text));
}

function isAtWork(of: ClassDevice | undefined): boolean {
  return !!of?.exercises.some((each) => each.state === "goingOn");
}

/**
 * The chosen boards, stuck ones first, then those that share an ID, then those with an exercise that something is missing of.
 * By device unless told otherwise, so that cards stay where they are.
 */
export function choose(boards: readonly Board[], choice: Choice, devices: ClassMap = new Map()): Board[] {
  const rank = (board: Board) => (board.stuck ? 0 : board.clash ? 1 : isAtWork(devices.get(board.device)) ? 2 : 3);
  const within = (a: Board, b: Board) =>
    choice.latestFirst ? Date.parse(b.last.time) - Date.parse(a.last.time) : a.device < b.device ? -1 : 1;
  return boards
    .filter((each) => matches(each, devices.get(each.device), choice))
    .sort((a, b) => rank(a) - rank(b) || within(a, b));
}

/** Those of a class that have not come since the server was started. */
export function chooseAbsent(boards: readonly Board[], devices: ClassMap, { text, stuckOnly }: Choice): ClassDevice[] {
  if (stuckOnly) return [];
  const here = new Set(boards.map((each) => each.device));
  return [...devices.values()]
    .filter((each) => !here.has(each.device) && isNamed(each.device, each, text))
    .sort((a, b) => (a.device < b.device ? -1 : 1));
}

export function chooseStrangers(strangers: readonly Stranger[], { text, stuckOnly }: Choice): Stranger[] {
  return strangers.filter((each) => each.address.includes(text) && (!stuckOnly || each.why));
}
