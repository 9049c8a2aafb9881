import type uPlot from "uplot";
import type { Colours } from "../chart/colours";
import type { Series, SeriesData } from "./steps";

const BAND_OPACITY = 0.28;
const LINE_WIDTH = 1.5;
const DOT_RADIUS = 2.2;
/** More writes than this on the chart, and dots would only thicken the line. */
const DOTS_MAX = 150;

/** Draws all registers as step lines into a chart's plotting area. */
export function drawSteps(plot: uPlot, data: SeriesData, colours: Colours, now: number): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  data.series.forEach((series, i) => {
    const colour = colours.series[i % colours.series.length]!;
    band(plot, data, series, colour);
    line(plot, series, colour, data.fromMillis, Math.min(now, data.toMillis));
  });
  ctx.restore();
}

/** The values between which a register went to and fro, where one part of the time holds many writes. */
function band(plot: uPlot, data: SeriesData, series: Series, colour: string): void {
  if (series.exact) return;
  const { ctx } = plot;
  const part = (data.toMillis - data.fromMillis) / data.parts;
  ctx.globalAlpha = BAND_OPACITY;
  ctx.fillStyle = colour;
  for (const [time, min, max, , count] of series.points) {
    if (count < 2) continue;
    const start = data.fromMillis + Math.floor((time - data.fromMillis) / part) * part;
    const left = plot.valToPos(start, "x", true);
    const width = Math.max(1, plot.valToPos(start + part, "x", true) - left);
    const top = plot.valToPos(max, "y", true);
    ctx.fillRect(left, top, width, Math.max(1, plot.valToPos(min, "y", true) - top));
  }
  ctx.globalAlpha = 1;
}

/** A register holds its value until it is written. */
function line(plot: uPlot, series: Series, colour: string, start: number, end: number): void {
  const { ctx } = plot;
  ctx.strokeStyle = colour;
  ctx.lineWidth = LINE_WIDTH * devicePixelRatio;
  ctx.lineJoin = "round";
  ctx.beginPath();
  let held = series.before === null ? null : plot.valToPos(series.before, "y", true);
  if (held !== null) ctx.moveTo(plot.valToPos(start, "x", true), held);
  for (const [time, , , last] of series.points) {
    const x = plot.valToPos(time, "x", true);
    const y = plot.valToPos(last, "y", true);
    if (held === null) ctx.moveTo(x, y);
    else (ctx.lineTo(x, held), ctx.lineTo(x, y));
    held = y;
  }
  if (held !== null) ctx.lineTo(plot.valToPos(end, "x", true), held);
  ctx.stroke();
  dots(plot, series, colour);
}

function dots(plot: uPlot, series: Series, colour: string): void {
  const { min, max } = plot.scales["x"]!;
  const visible = series.points.filter(([time]) => time >= min! && time <= max!);
  if (visible.length > DOTS_MAX) return;
  plot.ctx.fillStyle = colour;
  for (const [time, , , last] of visible) {
    plot.ctx.beginPath();
    plot.ctx.arc(
      plot.valToPos(time, "x", true),
      plot.valToPos(last, "y", true),
      DOT_RADIUS * devicePixelRatio,
      0,
      2 * Math.PI,
    );
    plot.ctx.fill();
  }
}
