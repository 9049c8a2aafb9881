import { request } from "../core/api";
import type { Sent } from "../core/types";

export type SendDoor = "plain" | "tls";

/** Whose certificate is taken over TLS: the server's own, anybody's, or one that the server does not have. */
export type Trust = "own" | "anybody" | "another";

/** How the server sends it; it knows better where nothing is said. */
export interface Terms {
  readonly trust?: Trust;
  /** How long a reply is waited for. */
  readonly replyMillis?: number;
}

/** Has the server send a message through a real socket to its own port, and gives what came back. */
export async function transmit(message: string, door: SendDoor, terms: Terms = {}): Promise<Sent> {
  return (await request<Sent>("/send", { method: "POST", body: { message, door, ...terms } })).body;
}
