import { useEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "./chart.css";
import { type Colours, chartColours, useThemeVersion } from "./colours";

/** What uPlot is told besides its size; made anew when the theme changes. */
export type PlotOptions = (colours: Colours) => Omit<uPlot.Options, "width" | "height">;

export interface Plot {
  /** Goes to the element that holds the chart, and decides its width. */
  readonly host: RefObject<HTMLDivElement | null>;
  /** Null until the element is there. */
  readonly plot: uPlot | null;
}

/** Keeps a chart of uPlot in an element: as wide as that, in the theme's colours, and gone with it. */
export function usePlot(options: PlotOptions, data: uPlot.AlignedData, height: number): Plot {
  const host = useRef<HTMLDivElement>(null);
  const [plot, setPlot] = useState<uPlot | null>(null);
  const theme = useThemeVersion();
  useEffect(() => {
    const element = host.current!;
    const width = () => Math.max(1, element.clientWidth);
    const made = new uPlot({ ...options(chartColours()), width: width(), height }, data, element);
    const sized = new ResizeObserver(() => made.setSize({ width: width(), height }));
    sized.observe(element);
    setPlot(made);
    return () => {
      sized.disconnect();
      made.destroy();
      setPlot(null);
    };
  }, [options, theme, height]);
  return { host, plot };
}

/** The look that all axes share. */
export function axis(colours: Colours): uPlot.Axis {
  const lines = { stroke: colours.grid, width: 1 };
  return { stroke: colours.text, grid: lines, ticks: { ...lines, size: 4 }, font: "12px system-ui, sans-serif" };
}

/** Times of day in 24 hours, with the date where it changes. */
export const TIME_VALUES: (string | number | null)[][] = [
  [31_536_000_000, "{YYYY}", null, null, null, null, null, null, 1],
  [2_419_200_000, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [86_400_000, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [60_000, "{HH}:{mm}", "\n{D} {MMM}", null, "\n{D} {MMM}", null, null, null, 1],
  [1_000, ":{ss}", "\n{D} {MMM} {HH}:{mm}", null, "\n{D} {MMM} {HH}:{mm}", null, "\n{HH}:{mm}", null, 1],
  [1, ":{ss}.{fff}", "\n{D} {MMM} {HH}:{mm}", null, "\n{D} {MMM} {HH}:{mm}", null, "\n{HH}:{mm}", null, 1],
];
