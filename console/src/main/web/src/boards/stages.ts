import type { Board, Stages } from "../core/types";

/** How far a board can come, in the order of a class: first the plain port, then TLS. */
const PLAIN = ["connected", "sent", "legalWrite", "replyRead"] as const;
const SECURE = ["tls", "verified", "certificate"] as const;

export type StageName = (typeof PLAIN)[number] | (typeof SECURE)[number];

export const STAGE_WORDS: Readonly<Record<StageName, string>> = {
  connected: "connects",
  sent: "sends bytes",
  legalWrite: "sends a legal write",
  replyRead: "reads its reply",
  tls: "connects with TLS",
  verified: "verifies the server's certificate",
  certificate: "shows a certificate of its own",
};

export interface Step {
  readonly name: StageName;
  /** When it was first reached; null for not yet. */
  readonly time: string | null;
  /** Every board comes by here; certificates of their own have only some. */
  readonly needed: boolean;
  /** The server cannot see whether it was reached. */
  readonly unknown: boolean;
}

/** The steps of a board; those of TLS only where it has tried TLS. */
export function stepsOf(stages: Stages, usesTls: boolean): Step[] {
  const names: StageName[] = usesTls || stages["tls"] ? [...PLAIN, ...SECURE] : [...PLAIN];
  return names.map((name) => ({
    name,
    time: stages[name] ?? null,
    needed: name !== "verified" && name !== "certificate",
    // Who verifies and who does not look alike, until a wrong certificate was refused.
    unknown: name === "verified" && !stages[name],
  }));
}

export function usesTls(board: Board): boolean {
  return board.peers.some((each) => each.door === "tls");
}
