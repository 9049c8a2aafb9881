import { get } from "../core/api";
import type { Write, WritePage } from "../core/types";
import type { RegisterKey } from "./registers";
import { type Span, iso } from "./span";

export interface Writes {
  /** Newest first. */
  readonly writes: readonly Write[];
  /** Where the next page begins; null where nothing is left. */
  readonly before: number | null;
}

/** Reads the newest writes to several registers below a number, merged into one list. */
export async function writesTo(
  keys: readonly RegisterKey[],
  span: Span | null,
  before: number | null,
  limit: number,
  signal: AbortSignal,
): Promise<Writes> {
  const all: Write[] = [];
  let left = false;
  // One after the other: a server answers few questions about the past at a time.
  for (const key of keys) {
    const page = await get<WritePage>(path(key, span, before, limit), signal);
    all.push(...page.writes);
    left ||= page.next !== null;
  }
  all.sort((a, b) => b.number - a.number);
  const writes = all.slice(0, limit);
  left ||= all.length > limit;
  return { writes, before: left ? (writes[writes.length - 1]?.number ?? null) : null };
}

function path(key: RegisterKey, span: Span | null, before: number | null, limit: number): string {
  const query = new URLSearchParams({ limit: String(limit) });
  if (before !== null) query.set("before", String(before));
  if (span) {
    query.set("since", iso(span.from));
    query.set("until", iso(span.to));
  }
  return `/devices/${key.slice(0, 4)}/registers/${key.slice(4)}/history?${query}`;
}

const EXPORT_PAGE = 1_000;
/** A file with more than this opens in few programs; the command line has all of it. */
export const EXPORT_MAX = 100_000;

/** Reads all writes of a span, newest first, at most {@link EXPORT_MAX}. */
export async function allWrites(keys: readonly RegisterKey[], span: Span, signal: AbortSignal): Promise<Writes> {
  const writes: Write[] = [];
  let before: number | null = null;
  do {
    const page: Writes = await writesTo(keys, span, before, EXPORT_PAGE, signal);
    writes.push(...page.writes);
    before = page.before;
  } while (before !== null && writes.length < EXPORT_MAX);
  return { writes, before };
}
