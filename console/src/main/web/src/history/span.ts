/** A part of the time axis, in epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What the chart shows: the last so many milliseconds, going on, or a part of the past. */
export type Window = { readonly live: true; readonly millis: number } | { readonly live: false; readonly span: Span };

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const MILLIS_MIN = 20;
const MILLIS_MAX = 20 * 365 * DAY;

export const PRESETS: readonly { label: string; millis: number }[] = [
  { label: "10 min", millis: 10 * MINUTE },
  { label: "1 h", millis: HOUR },
  { label: "1 day", millis: DAY },
];

function millisWithin(millis: number): number {
  return Math.round(Math.min(MILLIS_MAX, Math.max(MILLIS_MIN, millis)));
}

export function spanOf(window: Window, now: number): Span {
  return window.live ? { from: now - window.millis, to: now } : window.span;
}

/**
 * Shows more (factor above 1) or less; the live end stays where it is.
 *
 * @param part of what is shown that stays where it is: 0 is its beginning, 1 its end
 */
export function zoomed(window: Window, factor: number, part = 0.5): Window {
  if (window.live) return { live: true, millis: millisWithin(window.millis * factor) };
  const { from, to } = window.span;
  const millis = millisWithin((to - from) * factor);
  const start = Math.round(from + part * (to - from - millis));
  return { live: false, span: { from: start, to: start + millis } };
}

/** Moves by a part of what is shown; over the present there is only the live end. */
export function panned(window: Window, part: number, now: number): Window {
  const { from, to } = spanOf(window, now);
  const millis = to - from;
  const start = Math.round(from + millis * part);
  if (start + millis >= now) return { live: true, millis };
  return { live: false, span: { from: start, to: start + millis } };
}

export function selected(from: number, to: number): Window {
  const millis = millisWithin(to - from);
  return { live: false, span: { from: Math.round(from), to: Math.round(from) + millis } };
}

const UNITS: readonly [string, number][] = [
  ["d", DAY],
  ["h", HOUR],
  ["m", MINUTE],
  ["s", 1000],
  ["ms", 1],
];

/** What stands for a window in the page's address; an absent member is taken out. */
export function windowQuery(window: Window): Record<"from" | "to" | "last", string | undefined> {
  if (!window.live) return { from: iso(window.span.from), to: iso(window.span.to), last: undefined };
  const [unit, size] = UNITS.find(([, each]) => window.millis % each === 0) ?? ["ms", 1];
  return { from: undefined, to: undefined, last: window.millis / size + unit };
}

export function iso(millis: number): string {
  return new Date(millis).toISOString();
}

/** Reads it back; what is missing or cannot be read is the last hour. */
export function windowFrom(query: Readonly<Record<string, string>>): Window {
  const from = Date.parse(query["from"] ?? "");
  const to = Date.parse(query["to"] ?? "");
  if (from < to) return selected(from, to);
  const last = /^(\d{1,12})(ms|s|m|h|d)$/.exec(query["last"] ?? "");
  const size = UNITS.find(([unit]) => unit === last?.[2])?.[1];
  return { live: true, millis: last && size ? millisWithin(Number(last[1]) * size) : HOUR };
}
