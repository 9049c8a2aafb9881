import { createStore } from "./store";

/** Whether the server answers: `lost` since the last request failed. */
export type Connection = "connecting" | "open" | "lost";

export const connection = createStore<Connection>("connecting");

/** The server's sentence while it refuses its events, as it has too many readers; null while it does not. */
export const refusal = createStore<string | null>(null);

let offsetMillis: number | null = null;

/** Learns how far the server's clock is from this machine's, from a time that it has just told. */
export function noteServerTime(serverMillis: number): void {
  const offset = serverMillis - Date.now();
  // What took longest to come says least.
  if (offsetMillis === null || offset > offsetMillis || Math.abs(offset - offsetMillis) > 5_000) offsetMillis = offset;
}

/** Now, by the server's clock, in epoch milliseconds: what ages are measured by. */
export function serverNow(): number {
  return Date.now() + (offsetMillis ?? 0);
}
