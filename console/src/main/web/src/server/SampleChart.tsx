import { useCallback, useEffect } from "preact/hooks";
import uPlot from "uplot";
import type { Colours } from "../chart/colours";
import { TIME_VALUES, axis, usePlot } from "../chart/plot";
import type { Sample } from "./sampler";

const HEIGHT = 150;
/** The chart grows with what is known, up to ten minutes. */
const MILLIS_MIN = 60_000;
const MILLIS_MAX = 10 * 60_000;

const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000];

type Figure = Exclude<keyof Sample, "timeMillis">;

export interface Line {
  readonly title: string;
  readonly figure: Figure;
}

interface SampleChartProps {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly samples: readonly Sample[];
  /** Whether they count things that cannot be halved. */
  readonly whole?: boolean;
  /** A figure with its unit. */
  words(number: number): string;
}

/** One or two figures of the server over the last ten minutes. */
export function SampleChart({ title, lines, samples, whole = false, words }: SampleChartProps) {
  const options = useCallback((colours: Colours) => plotOptions(colours, lines, whole, words), [lines, whole, words]);
  const { host, plot } = usePlot(options, columns(samples, lines), HEIGHT);
  useEffect(() => plot?.setData(columns(samples, lines)), [plot, samples]);
  const last = samples[samples.length - 1];
  return (
    <section class="card sample-chart">
      <header class="sample-head">
        <h2>{title}</h2>
        {lines.map((each, i) => (
          <span key={each.figure} class="sample-now">
            <span class={`swatch series-${i + 1}`} aria-hidden="true" />
            <span class="muted">{each.title}</span> <strong>{toldOf(last, each.figure, words)}</strong>
          </span>
        ))}
      </header>
      <div ref={host} role="img" aria-label={`${title} over the last ten minutes`} />
    </section>
  );
}

function toldOf(sample: Sample | undefined, figure: Figure, words: (number: number) => string): string {
  const value = sample?.[figure] ?? null;
  return value === null ? "–" : words(value);
}

function columns(samples: readonly Sample[], lines: readonly Line[]): uPlot.AlignedData {
  return [samples.map((each) => each.timeMillis), ...lines.map(({ figure }) => samples.map((each) => each[figure]))];
}

function plotOptions(
  colours: Colours,
  lines: readonly Line[],
  whole: boolean,
  words: (number: number) => string,
): Omit<uPlot.Options, "width" | "height"> {
  return {
    ms: 1,
    legend: { show: false },
    padding: [8, 8, 0, 0],
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: true, range: (_, min, max) => [Math.min(max - MILLIS_MIN, Math.max(min, max - MILLIS_MAX)), max] },
      y: { range: (_, __, max) => [0, max > 0 ? max * 1.1 : 1] },
    },
    series: [{}, ...lines.map((_, i) => ({ stroke: colours.series[i]!, width: 1.5, points: { show: false } }))],
    axes: [
      { ...axis(colours), values: TIME_VALUES, space: 70, size: 40 },
      {
        ...axis(colours),
        values: (_, splits) => splits.map(words),
        size: 76,
        space: 34,
        ...(whole && { incrs: WHOLE_STEPS }),
      },
    ],
  };
}
