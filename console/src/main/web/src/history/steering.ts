import { wordsOf } from "../core/api";
import { serverNow } from "../core/connection";
import { useKeys } from "../core/keys";
import { nextFormat } from "../values/FormatChoice";
import { toast } from "../widgets/Toasts";
import { historySpan } from "./past";
import { MINUTE, type Window, panned, selected, zoomed } from "./span";

/** How much a button or a key zooms and pans. */
const ZOOM_STEP = 2;
const PAN_STEP = 0.25;
/** How much is left free before the first write. */
const BEFORE_FIRST = 1.03;

/** Decides what part of the time the chart shows. */
export class Steering {
  constructor(
    readonly window: Window,
    private readonly setWindow: (next: Window) => void,
  ) {}

  /** The last so many milliseconds, going on. */
  last(millis: number): void {
    this.setWindow({ live: true, millis });
  }

  /** As much as now, but up to the present. */
  live(): void {
    this.last(this.window.live ? this.window.millis : this.window.span.to - this.window.span.from);
  }

  async all(): Promise<void> {
    try {
      const { first } = await historySpan();
      this.last(Math.max(MINUTE, Math.round((first ? serverNow() - Date.parse(first.time) : 0) * BEFORE_FIRST)));
    } catch (failed) {
      toast(wordsOf(failed));
    }
  }

  select(from: number, to: number): void {
    this.setWindow(selected(from, to));
  }

  zoom(factor: number, part?: number): void {
    this.setWindow(zoomed(this.window, factor, part));
  }

  pan(part: number): void {
    this.setWindow(panned(this.window, part, serverNow()));
  }

  more(): void {
    this.zoom(ZOOM_STEP);
  }

  less(): void {
    this.zoom(1 / ZOOM_STEP);
  }

  earlier(): void {
    this.pan(-PAN_STEP);
  }

  later(): void {
    this.pan(PAN_STEP);
  }
}

export function useSteeringKeys(steering: Steering): void {
  useKeys("History", [
    { keys: ["+", "="], does: "Show less, larger", run: () => steering.less() },
    { keys: ["-"], does: "Show more", run: () => steering.more() },
    { keys: ["ArrowLeft"], does: "Earlier", run: () => steering.earlier() },
    { keys: ["ArrowRight"], does: "Later", run: () => steering.later() },
    { keys: ["l"], does: "Follow what is written", run: () => steering.live() },
    { keys: ["a"], does: "All of the time", run: () => void steering.all() },
    { keys: ["f"], does: "Next format of values", run: nextFormat },
    { keys: ["/"], does: "Add a register", run: () => document.querySelector<HTMLElement>("[data-search]")?.focus() },
  ]);
}
