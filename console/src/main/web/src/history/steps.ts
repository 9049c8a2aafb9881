import { signed } from "../values/values";

/** One place on a register's line: the moment of the last of its writes, and what they wrote. */
export type SeriesPoint = readonly [timeMillis: number, min: number, max: number, last: number, count: number];

export interface Series {
  readonly device: string;
  readonly register: string;
  /** What the register held before the first point; null where it was unwritten, or nothing is known of it. */
  readonly before: number | null;
  /** False where the history does not go back far enough to tell. */
  readonly beforeKnown: boolean;
  /** Whether each point is one write. */
  readonly exact: boolean;
  readonly points: readonly SeriesPoint[];
}

/** What was asked for, and came: points are drawn by it even while the chart already shows another part. */
export interface SeriesData {
  readonly fromMillis: number;
  readonly toMillis: number;
  /** How many equal parts the time was divided into. */
  readonly parts: number;
  readonly series: readonly Series[];
}

/** Finds the last point at or before a moment; -1 where there is none. */
export function indexAt(points: readonly SeriesPoint[], time: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]![0] <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What a register held at a moment; null where that is not known. */
export function valueAt(series: Series, time: number): number | null {
  const index = indexAt(series.points, time);
  return index < 0 ? series.before : series.points[index]![3];
}

/** The lowest and highest value that is visible, or null where there is no value. */
export function extent(series: readonly Series[], from: number, to: number): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  const take = (least: number, most: number) => {
    low = Math.min(low, least);
    high = Math.max(high, most);
  };
  for (const each of series) {
    const held = valueAt(each, from);
    if (held !== null) take(held, held);
    for (let i = indexAt(each.points, from) + 1; i < each.points.length; i++) {
      const [time, min, max] = each.points[i]!;
      if (time > to) break;
      take(min, max);
    }
  }
  return low <= high ? [low, high] : null;
}

/** How much of the chart's height is left free above and below. */
const MARGIN = 0.06;

/** The part of the value axis to show: what is visible with a margin, and at least a few values. */
export function valueRange(found: [number, number] | null): [number, number] {
  const [low, high] = found ?? [0, 1];
  const margin = Math.max(0.2, (high - low) * MARGIN);
  return [low - margin, high + margin];
}

/**
 * The same with signed values. Where a part of the time holds both halves of the range, its lowest and highest signed
 * values cannot be told from the unsigned ones: only its last value is shown.
 */
export function withSigned(data: SeriesData): SeriesData {
  return {
    ...data,
    series: data.series.map((each) => ({
      ...each,
      before: each.before === null ? null : signed(each.before),
      points: each.points.map(signedPoint),
    })),
  };
}

function signedPoint([time, min, max, last, count]: SeriesPoint): SeriesPoint {
  const value = signed(last);
  const bothHalves = signed(min) > signed(max);
  return bothHalves ? [time, value, value, value, count] : [time, signed(min), signed(max), value, count];
}
