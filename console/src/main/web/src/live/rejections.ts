import type { Transaction, WwepEvent } from "../core/types";

/** How far back is counted. */
export const WINDOW_MINUTES = 10;

const TIMES_MAX = 1_000;

/** What went wrong in the last minutes, for one code. */
export interface CodeCount {
  readonly code: string;
  readonly count: number;
  /** Whether there were more, which are forgotten. */
  readonly more: boolean;
  readonly last: Transaction;
}

interface Entry {
  times: number[];
  last: Transaction;
}

/** Counts the last minutes' rejections by code. */
export class RecentRejections {
  private readonly byCode = new Map<string, Entry>();

  add(event: WwepEvent): void {
    if (event.kind !== "transaction" || !event.code) return;
    const entry = this.byCode.get(event.code);
    if (!entry) {
      this.byCode.set(event.code, { times: [Date.parse(event.time)], last: event });
      return;
    }
    entry.times.push(Date.parse(event.time));
    if (entry.times.length > 2 * TIMES_MAX) entry.times = entry.times.slice(-TIMES_MAX);
    entry.last = event;
  }

  /** Begins anew, as the server does. */
  clear(): void {
    this.byCode.clear();
  }

  /** The most frequent first, so that the order rests. */
  counts(nowMillis: number): CodeCount[] {
    const since = nowMillis - WINDOW_MINUTES * 60_000;
    const counts: CodeCount[] = [];
    for (const [code, entry] of this.byCode) {
      const first = entry.times.findIndex((each) => each >= since);
      const found = first < 0 ? 0 : entry.times.length - first;
      if (found > 0) counts.push({ code, count: Math.min(found, TIMES_MAX), more: found > TIMES_MAX, last: entry.last });
    }
    return counts.sort((a, b) => b.count - a.count);
  }
}
