// What a reply means to the board that waited for it.
import { ApiError, wordsOf } from "../core/api";
import type { Sent } from "../core/types";

/** How long a board of the lecture waits. */
export const REPLY_MILLIS = 500;

/** Exercise 01's register. */
export const LED_REGISTER = "05";

export interface Message {
  readonly kind: "write" | "read" | "illegal";
  readonly bytes: string;
  /** What the LED showed when it was sent. */
  readonly ledOn: boolean;
}

export interface Verdict {
  readonly fine: boolean;
  readonly words: string;
}

function fine(words: string): Verdict {
  return { fine: true, words };
}

function bad(words: string): Verdict {
  return { fine: false, words };
}

/** The write that a press makes. */
export function writeOf(device: string, ledOn: boolean): Message {
  return { kind: "write", bytes: `W${device}${LED_REGISTER}000${ledOn ? 1 : 0}`, ledOn };
}

export function readOf(device: string, ledOn: boolean): Message {
  return { kind: "read", bytes: `R${device}${LED_REGISTER}`, ledOn };
}

/** The lecture's example of an illegal packet. */
export function illegal(ledOn: boolean): Message {
  return { kind: "illegal", bytes: "W01234", ledOn };
}

/**
 * Judges a reply.
 *
 * @param stored whether this board has stored its LED's state before
 */
export function judge(message: Message, sent: Sent, stored: boolean): Verdict {
  const why = sent.sentence ? `: ${sent.sentence}` : "";
  if (sent.code === "tls-failed") return bad(`the handshake failed${why}`);
  if (sent.millis === null) return bad(`no reply within ${REPLY_MILLIS} ms${why}`);
  if (sent.reply.startsWith("X")) return rejected(message, sent, stored);
  if (message.kind === "illegal") return bad("the packet is illegal and X was expected: the server does not check lengths");
  return message.kind === "write" ? stores(message, sent.reply) : holds(message, sent.reply);
}

function stores(message: Message, reply: string): Verdict {
  const expected = `A${message.bytes.slice(1)}`;
  return reply === expected ? fine(`accepted: the server stored ${led(message.ledOn)}`) : bad(`wrong reply: ${expected} was expected`);
}

function holds({ bytes, ledOn }: Message, reply: string): Verdict {
  const value = reply.length === 11 && reply.startsWith(`A${bytes.slice(1)}`) ? parseInt(reply.slice(7), 16) : NaN;
  if (Number.isNaN(value)) return bad(`wrong reply: the value of register ${LED_REGISTER} was expected`);
  if (value === Number(ledOn)) return fine(`the server holds ${led(ledOn)}, as this board shows`);
  const there = value <= 1 ? led(value === 1) : reply.slice(7);
  return fine(`the server holds ${there}, and this board shows ${led(ledOn)}: it was started anew, a press did not arrive, or another board has its ID`);
}

function rejected({ kind }: Message, { code, sentence }: Sent, stored: boolean): Verdict {
  if (kind === "illegal" && (!code || code === "incomplete")) return fine("rejected, as it should be: a write has 11 bytes, this one has 6");
  if (kind === "read" && code === "not-written") {
    return stored ? bad("not written, though this board has stored its LED: was the database replaced?") : fine("nothing is stored yet: press 0 or 1 first");
  }
  return bad(sentence ? `rejected (${code}): ${sentence}` : "rejected: the live view says why");
}

function led(on: boolean): string {
  return on ? "0001, LED on" : "0000, LED off";
}

/** What the board sees where the console sent nothing: the policy's `X`, or no connection. */
export function notSent(failed: unknown): Verdict & { readonly reply?: string } {
  const words = wordsOf(failed);
  if (!(failed instanceof ApiError)) return bad(words);
  if (failed.problem?.code === "denied") return { ...bad(`rejected (denied): ${words}`), reply: "X" };
  if (failed.status === 401) return bad("not sent: log in first");
  return bad(failed.status === 403 || failed.status === 429 ? `not sent: ${words}` : `no connection: ${words}`);
}
