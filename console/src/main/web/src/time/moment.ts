import { iso } from "../history/span";

/** A moment of the past: after some write, or at some time. */
export type Moment = { readonly number: number } | { readonly time: number };

/** Members of the page's address. */
export type MomentQuery = Record<"n" | "at", string | undefined>;

export function momentQuery(moment: Moment | null): MomentQuery {
  if (moment === null) return { n: undefined, at: undefined };
  return "number" in moment ? { n: String(moment.number), at: undefined } : { n: undefined, at: iso(moment.time) };
}

/** Null where the address has none: the present. */
export function momentFrom(query: Readonly<Record<string, string>>): Moment | null {
  if (/^\d{1,15}$/.test(query["n"] ?? "")) return { number: Number(query["n"]) };
  const time = Date.parse(query["at"] ?? "");
  return Number.isNaN(time) ? null : { time };
}

/** A moment as a parameter of the API, by the names that it has for numbers and times; the present needs none. */
export function momentParameter(moment: Moment | null, numberName: string, timeName: string): string {
  if (moment === null) return "";
  return "number" in moment ? `&${numberName}=${moment.number}` : `&${timeName}=${iso(moment.time)}`;
}

/** A time as an input of the type datetime-local has it: this machine's time zone, to the millisecond. */
export function localInput(millis: number): string {
  const offset = new Date(millis).getTimezoneOffset() * 60_000;
  return iso(millis - offset).slice(0, -1);
}

/** Reads it back; null where it is not complete. */
export function fromLocalInput(text: string): number | null {
  const millis = Date.parse(text);
  return Number.isNaN(millis) ? null : millis;
}
