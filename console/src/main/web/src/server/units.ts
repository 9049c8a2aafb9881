import { rate } from "../core/format";

/** `12.3 kB`, by thousands. */
export function bytes(number: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let left = number;
  let unit = 0;
  while (left >= 999.5 && unit < units.length - 1) {
    left /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(left) : left.toPrecision(3)} ${units[unit]}`;
}

/** `120 µs`, `3.4 ms`, `1.2 s`. */
export function duration(seconds: number): string {
  if (seconds < 0.001) return `${Math.round(seconds * 1e6)} µs`;
  if (seconds < 1) return `${(seconds * 1e3).toPrecision(seconds < 0.1 ? 2 : 3)} ms`;
  return `${seconds.toPrecision(2)} s`;
}

export function perSecond(number: number): string {
  return `${rate(number)}/s`;
}

export function bytesPerSecond(number: number): string {
  return `${bytes(number)}/s`;
}
