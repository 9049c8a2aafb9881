import { useEffect } from "preact/hooks";
import type uPlot from "uplot";

interface Gestures {
  /** @param part of the plot's width that stays where it is: 0 is its left edge, 1 its right one */
  onZoom(factor: number, part: number): void;
  onPan(part: number): void;
}

const WHEEL_ZOOM = 0.0016;
/** A wheel that counts lines or pages turns this many pixels with each. */
const LINE_PIXELS = 18;

/** Zooms a chart by wheel and pinch, and pans it by one finger or a wheel turned sideways. */
export function useGestures(plot: uPlot | null, latest: { readonly current: Gestures }): void {
  useEffect(() => {
    if (plot === null) return;
    const { over } = plot;
    const end = new AbortController();
    const { signal } = end;
    over.addEventListener("wheel", (event) => wheel(plot, latest.current, event), { passive: false, signal });
    const touches = new Touches(plot, latest);
    over.addEventListener("pointerdown", (event) => touches.down(event), { signal });
    over.addEventListener("pointermove", (event) => touches.move(event), { signal });
    for (const type of ["pointerup", "pointercancel"] as const)
      over.addEventListener(type, (event) => touches.up(event), { signal });
    return () => end.abort();
  }, [plot]);
}

function wheel(plot: uPlot, gestures: Gestures, event: WheelEvent): void {
  event.preventDefault();
  const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PIXELS;
  const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
  if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
    gestures.onPan((sideways * pixels) / plot.over.clientWidth);
  } else {
    gestures.onZoom(Math.exp(event.deltaY * pixels * WHEEL_ZOOM), partAt(plot, event.clientX));
  }
}

/** The chart draws later than it is moved, so places are told rather than times. */
function partAt(plot: uPlot, clientX: number): number {
  return (clientX - plot.rect.left) / plot.over.clientWidth;
}

/** Fingers on a chart; a mouse selects, which the chart does by itself. */
class Touches {
  private readonly places = new Map<number, number>();

  constructor(
    private readonly plot: uPlot,
    private readonly latest: { readonly current: Gestures },
  ) {}

  down(event: PointerEvent): void {
    if (event.pointerType !== "mouse") this.places.set(event.pointerId, event.clientX);
  }

  move(event: PointerEvent): void {
    const before = this.places.get(event.pointerId);
    if (before === undefined) return;
    const other = [...this.places].find(([id]) => id !== event.pointerId)?.[1];
    this.places.set(event.pointerId, event.clientX);
    if (other === undefined) this.latest.current.onPan((before - event.clientX) / this.plot.over.clientWidth);
    else this.pinch(before - other, event.clientX - other, other);
  }

  /** The other finger rests, and so does what is under it: then each keeps what it took hold of. */
  private pinch(before: number, after: number, other: number): void {
    if (Math.abs(after) < 8 || Math.abs(before) < 8) return;
    this.latest.current.onZoom(Math.abs(before / after), partAt(this.plot, other));
  }

  up(event: PointerEvent): void {
    this.places.delete(event.pointerId);
  }
}
