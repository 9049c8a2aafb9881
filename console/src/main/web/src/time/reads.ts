import { get } from "../core/api";
import { type Moment, momentParameter } from "./moment";
import type { Difference } from "./plan";
import type { PastRegister, StatePage } from "./state";

const PAGE = 1_000;

/** What is shown of a moment: registers up to some number of pages. */
export interface Past {
  readonly number: number;
  readonly time: string | null;
  readonly registers: readonly PastRegister[];
  /** Whether there are more than were read. */
  readonly more: boolean;
}

export interface PastWish {
  /** Null is the present. */
  readonly moment: Moment | null;
  /** One device, or null for all. */
  readonly device: string | null;
  readonly pages: number;
}

/** Reads the registers as they were at a moment. */
export async function pastAt({ moment, device, pages }: PastWish, signal: AbortSignal): Promise<Past> {
  let page = await get<StatePage>(
    `/state?limit=${PAGE}${momentParameter(moment, "number", "at")}${ofDevice(device)}`,
    signal,
  );
  const { number, time } = page;
  const registers = [...page.registers];
  for (let read = 1; page.next !== null && read < pages; read++) {
    page = await get<StatePage>(page.next, signal);
    registers.push(...page.registers);
  }
  return { number, time, registers, more: page.next !== null };
}

/** A register between two moments; of those that hold the same again only the writes tell. */
export interface Change extends Difference {
  readonly writes: number;
}

interface ChangePage {
  readonly changes: readonly Change[];
  readonly next: string | null;
}

export interface Changes {
  /** Those that differ. */
  readonly changes: readonly Change[];
  readonly more: boolean;
}

export interface ChangesWish {
  readonly from: Moment;
  /** Null is the present. */
  readonly to: Moment | null;
  /** Grows when the present is to be looked at anew. */
  readonly round: number;
  readonly device: string | null;
  readonly pages: number;
}

/** Reads what differs between two moments. */
export async function changesBetween({ from, to, device, pages }: ChangesWish, signal: AbortSignal): Promise<Changes> {
  const changes: Change[] = [];
  const moments = momentParameter(from, "fromNumber", "from") + momentParameter(to, "toNumber", "to");
  let next: string | null = `/changes?limit=${PAGE}${moments}${ofDevice(device)}`;
  for (let read = 0; next !== null && read < pages; read++) {
    const page: ChangePage = await get<ChangePage>(next, signal);
    changes.push(...page.changes.filter((each) => !each.beforeKnown || each.before !== each.after));
    next = page.next;
  }
  return { changes, more: next !== null };
}

function ofDevice(device: string | null): string {
  return device ? `&device=${device}` : "";
}
