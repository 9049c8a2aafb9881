import type { WwepEvent } from "../core/types";

/** Members of an event in the order in which a table has them. */
export const COLUMNS = [
  "id",
  "time",
  "kind",
  "door",
  "tls",
  "peer",
  "certificate",
  "device",
  "register",
  "request",
  "wrongByte",
  "reply",
  "code",
  "sentence",
] as const;

/** An event as one line of text, to be pasted into a mail or an issue. */
export function lineOf(event: WwepEvent): string {
  const head = [event.time, ..."peer" in event ? [event.peer, event.tls ?? event.door] : []].join("  ");
  if (event.kind === "end") return `${head}  connection over`;
  if (event.kind !== "transaction") return `${head}  ${event.sentence}`;
  const reply = `${head}  ${event.request} -> ${event.reply || "no reply"}`;
  return event.code ? `${reply}  ${event.code}: ${event.sentence ?? ""}` : reply;
}
