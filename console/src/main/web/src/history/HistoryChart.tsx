import { useCallback, useEffect, useMemo, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { Colours } from "../chart/colours";
import { serverNow } from "../core/connection";
import { TIME_VALUES, axis, usePlot } from "../chart/plot";
import { VALUE_MAX, type ValueFormat, formatValue } from "../values/values";
import { drawSteps } from "./draw";
import { useGestures } from "./gestures";
import type { Span } from "./span";
import { type SeriesData, extent, valueRange, withSigned } from "./steps";

interface HistoryChartProps {
  readonly data: SeriesData | null;
  readonly span: Span;
  readonly format: ValueFormat;
  readonly height: number;
  readonly label: string;
  onSelect(from: number, to: number): void;
  onZoom(factor: number, part: number): void;
  onPan(part: number): void;
  /** The moment under the pointer; null when it has left. */
  onCursor(time: number | null): void;
}

/** The lines are drawn here, since registers are written at different times and uPlot's lines share theirs. */
const NO_DATA: uPlot.AlignedData = [
  [0, 1],
  [null, null],
];
/** Powers of two let hex digits change at the lines of the grid. */
const STEPS_HEX = Array.from({ length: 16 }, (_, i) => 2 ** i);
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

/** Registers over time as step lines. What it shows is decided outside; it tells what the pointer wants. */
export function HistoryChart({ data: told, ...rest }: HistoryChartProps) {
  const data = useMemo(() => (told && rest.format === "signed" ? withSigned(told) : told), [told, rest.format]);
  const props = { ...rest, data };
  const latest = useRef<HistoryChartProps>(props);
  latest.current = props;
  const options = useCallback((colours: Colours) => plotOptions(colours, latest), []);
  const { host, plot } = usePlot(options, NO_DATA, props.height);
  useEffect(() => {
    plot?.batch(() => {
      plot.setScale("x", { min: props.span.from, max: props.span.to });
      plot.redraw(false, true);
    });
  }, [plot, data, props.span.from, props.span.to, props.format]);
  useGestures(plot, latest);
  return <div class="history-chart" ref={host} role="img" aria-label={props.label} />;
}

function plotOptions(
  colours: Colours,
  latest: { readonly current: HistoryChartProps },
): Omit<uPlot.Options, "width" | "height"> {
  const values = (_: uPlot, splits: number[]) => splits.map((each) => axisValue(each, latest.current.format));
  return {
    ms: 1,
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
    scales: {
      x: { time: true, range: (_, min, max) => [min, max] },
      y: { range: () => visibleRange(latest.current) },
    },
    series: [{}, { show: true }],
    axes: [
      { ...axis(colours), values: TIME_VALUES, space: 80 },
      {
        ...axis(colours),
        values,
        size: 66,
        incrs: () => (latest.current.format === "hex" || latest.current.format === "binary" ? STEPS_HEX : STEPS),
      },
    ],
    hooks: {
      draw: [(plot) => latest.current.data && drawSteps(plot, latest.current.data, colours, serverNow())],
      setSelect: [(plot) => chosen(plot, latest.current)],
      setCursor: [
        (plot) =>
          latest.current.onCursor(
            plot.cursor.left === undefined || plot.cursor.left < 0 ? null : plot.posToVal(plot.cursor.left, "x"),
          ),
      ],
    },
  };
}

function visibleRange({ data, span }: HistoryChartProps): [number, number] {
  return valueRange(data && extent(data.series, span.from, span.to));
}

function chosen(plot: uPlot, { onSelect }: HistoryChartProps): void {
  const { left, width } = plot.select;
  if (width < 1) return;
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  onSelect(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
}

/** Only values that a register can hold are named. */
function axisValue(value: number, format: ValueFormat): string | null {
  if (!Number.isInteger(value)) return null;
  if (format === "signed") return value >= -0x8000 && value < 0x8000 ? String(value) : null;
  return value >= 0 && value <= VALUE_MAX ? formatValue(value, format) : null;
}
