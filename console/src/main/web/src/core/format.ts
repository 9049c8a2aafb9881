// Numbers, times and bytes as people read them.
import type { Door } from "./types";

const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hourCycle: "h23",
});
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const whole = new Intl.NumberFormat("en-GB");

/** `14:03:07.123`, by this machine's time zone. */
export function timeOfDay(time: string | number): string {
  return clock.format(new Date(time));
}

/** `27 Nov 2026, 14:03:07.123`, by this machine's time zone. */
export function dateAndTime(time: string | number): string {
  const date = new Date(time);
  return `${day.format(date)}, ${clock.format(date)}`;
}

/** `3 s`, `12 min`, `5 h`, `2 d`; anything below a second is `now`. */
export function age(millis: number): string {
  const seconds = Math.floor(millis / 1_000);
  if (seconds < 1) return "now";
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** The age as a phrase: `now`, or `3 s ago`. */
export function ago(millis: number): string {
  const words = age(millis);
  return words === "now" ? words : `${words} ago`;
}

/** `12,345`. */
export function count(number: number): string {
  return whole.format(number);
}

/** `1 reply`, `12,345 replies`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** A rate with as many digits as say something: `0.1`, `12`. */
export function rate(perSecond: number): string {
  if (perSecond > 0 && perSecond < 0.05) return "<0.1";
  return perSecond > 0 && perSecond < 9.95 ? perSecond.toFixed(1) : count(Math.round(perSecond));
}

/** `12%`; never 0% or 100% where that is only nearly so. */
export function percent(part: number, of: number): string {
  if (of === 0 || part === 0) return "0%";
  if (part >= of) return "100%";
  return `${Math.min(99, Math.max(1, Math.round((100 * part) / of)))}%`;
}

/** A value of a register as four hex digits. */
export function hex(value: number, digits = 4): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}

/** The port by which something came: `plain`, `TLS 1.3`, `TLS` where nothing was agreed on, `console`. */
export function doorWords(door: Door, tls?: string): string {
  if (tls) return tls.replace(/^TLSv/, "TLS ");
  return door === "tls" ? "TLS" : door;
}

/** The address of `address:port`; one of IPv6 without its brackets. */
export function addressOf(peer: string): string {
  return peer.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}

/** Splits bytes as the log shows them into one piece for each byte; an escape `\xNN` is one. */
export function splitBytes(shown: string): string[] {
  return shown.match(/\\x[0-9A-Fa-f]{2}|[\s\S]/gu) ?? [];
}
