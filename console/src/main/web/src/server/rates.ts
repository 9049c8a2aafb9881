/** A histogram as the server sends it: how many took at most so many seconds, from the start of the server on. */
export type Buckets = readonly (readonly [upperSeconds: number | null, count: number])[];

/**
 * The time within which a part of what happened between two looks was done, in seconds; null where nothing happened.
 * Within a bucket the times are taken to be spread evenly. Above the last bound there is only that bound.
 */
export function quantile(before: Buckets, after: Buckets, part: number): number | null {
  const counts = after.map(([, count], i) => count - (before[i]?.[1] ?? 0));
  const total = counts[counts.length - 1] ?? 0;
  if (total <= 0) return null;
  const rank = part * total;
  const found = counts.findIndex((count) => count >= rank);
  const below = found > 0 ? counts[found - 1]! : 0;
  const lower = found > 0 ? (after[found - 1]![0] ?? 0) : 0;
  const upper = after[found]![0];
  if (upper === null) return lower;
  const inside = counts[found]! - below;
  return inside > 0 ? lower + ((upper - lower) * (rank - below)) / inside : upper;
}

/** How much a counter grew in a second; null where it started anew. */
export function rate(before: number, after: number, seconds: number): number | null {
  return after >= before && seconds > 0 ? (after - before) / seconds : null;
}
