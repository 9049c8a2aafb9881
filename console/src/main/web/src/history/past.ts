import { get } from "../core/api";

/** A place in the history. */
export interface HistoryEnd {
  readonly number: number;
  readonly time: string;
}

/** What history there is. */
export interface HistorySpan {
  /** Null where nothing was written. */
  readonly first: HistoryEnd | null;
  readonly last: HistoryEnd | null;
  /** Up to this number writes were forgotten; 0 where none was. */
  readonly pruned: number;
  /** False where the store keeps no history at all. */
  readonly kept: boolean;
}

export function historySpan(signal?: AbortSignal): Promise<HistorySpan> {
  return get<HistorySpan>("/history", signal);
}
