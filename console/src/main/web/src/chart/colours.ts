import { useEffect, useState } from "preact/hooks";
import { colour, onThemeChange } from "../core/theme";
import { COLOURS } from "./palette";

/** The colours of a chart as a canvas takes them. */
export interface Colours {
  readonly text: string;
  readonly grid: string;
  readonly series: readonly string[];
}

/** Resolves the page's colours, which follow the theme. */
export function chartColours(): Colours {
  const series = Array.from({ length: COLOURS }, (_, i) => colour(`--series-${i + 1}`));
  return { text: colour("--muted"), grid: colour("--line"), series };
}

/** Returns a number that changes with the theme. */
export function useThemeVersion(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => onThemeChange(() => setVersion((before) => before + 1)), []);
  return version;
}
