import { wordsOf } from "../core/api";
import { createStore } from "../core/store";
import type { Sent } from "../core/types";
import { type SendDoor, transmit } from "./transmit";

const HISTORY_MAX = 30;

/** Whether the send box is open. */
export const sendOpen = createStore(false);

/** One message that was sent from here; exactly one of outcome and error is there, once it is over. */
export interface Attempt {
  readonly number: number;
  readonly message: string;
  readonly door: SendDoor;
  readonly outcome?: Sent;
  readonly error?: string;
}

/** The newest first; kept while the page is open. */
export const attempts = createStore<readonly Attempt[]>([]);

let made = 0;

/** Sends through the server's own port; the outcome appears in the list. */
export async function sendMessage(message: string, door: SendDoor): Promise<void> {
  const attempt: Attempt = { number: ++made, message, door };
  attempts.set([attempt, ...attempts.get()].slice(0, HISTORY_MAX));
  try {
    replace({ ...attempt, outcome: await transmit(message, door) });
  } catch (failed) {
    replace({ ...attempt, error: wordsOf(failed) });
  }
}

function replace(done: Attempt): void {
  attempts.set(attempts.get().map((each) => (each.number === done.number ? done : each)));
}

/** Closes the send box and forgets what it sent: somebody else may log in next. */
export function forgetSent(): void {
  sendOpen.set(false);
  attempts.set([]);
}
