import { get } from "../core/api";
import { Latest } from "./latest";
import { type Span, iso } from "./span";
import type { SeriesData } from "./steps";

/** How long zooming and panning must rest before the server is asked. */
const REST_MILLIS = 70;
const RETRY_MILLIS = 3_000;
const PARTS_MAX = 4_000;
/** How much is fetched beside what is shown, on each side, so that panning finds it there. */
const BESIDE = 0.5;
/** Data this much coarser than the screen is fetched anew. */
const COARSER = 1.3;

interface Wish {
  readonly registers: readonly string[];
  readonly span: Span;
  /** Of the chart, in pixels. */
  readonly width: number;
}

/** Fetches what a chart shows, when it is not there yet; what is there stays until the next has come. */
export class SeriesLoader {
  private data: SeriesData | null = null;
  private loaded = "";
  private wish: Wish | null = null;
  private timer: number | undefined;
  private stale = false;
  private readonly latest: Latest<Wish, SeriesData>;

  constructor(onData: (data: SeriesData) => void, onFailure: (failed: unknown) => void) {
    this.latest = new Latest(
      fetched,
      (data, wish) => {
        this.data = data;
        this.loaded = wish.registers.join();
        onData(data);
      },
      (failed) => {
        onFailure(failed);
        this.stale = true;
        this.schedule(RETRY_MILLIS);
      },
    );
  }

  /** Asks for what it takes to show this, unless it is there. */
  show(wish: Wish): void {
    const others = wish.registers.join() !== this.wish?.registers.join();
    this.wish = wish;
    if (others) this.latest.cancel();
    if (this.isStale(wish)) this.schedule(others ? 0 : REST_MILLIS);
  }

  /** Asks anew for what is shown, since something was written. */
  refresh(): void {
    this.stale = true;
    if (this.timer === undefined) this.schedule(0);
  }

  close(): void {
    clearTimeout(this.timer);
    this.latest.cancel();
  }

  private isStale(wish: Wish): boolean {
    return this.stale || this.data === null || this.loaded !== wish.registers.join() || !covers(this.data, wish);
  }

  private schedule(millis: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.load(), millis);
  }

  private load(): void {
    this.timer = undefined;
    if (this.wish === null || this.wish.width === 0 || !this.isStale(this.wish)) return;
    this.stale = false;
    this.latest.wish(this.wish);
  }
}

async function fetched(wish: Wish, signal: AbortSignal): Promise<SeriesData> {
  const millis = wish.span.to - wish.span.from;
  const parts = Math.min(PARTS_MAX, Math.ceil(wish.width * (1 + 2 * BESIDE)));
  const from = Math.floor(wish.span.from - millis * BESIDE);
  const to = Math.ceil(wish.span.to + millis * BESIDE);
  const query = `registers=${wish.registers.join()}&from=${iso(from)}&to=${iso(to)}&points=${parts}`;
  return { ...(await get<SeriesData>(`/series?${query}`, signal)), parts };
}

/** Whether data holds all of a span, as fine as the screen can show it. */
function covers(data: SeriesData, wish: Wish): boolean {
  if (wish.span.from < data.fromMillis || wish.span.to > data.toMillis) return false;
  if (data.series.every((each) => each.exact)) return true;
  const part = (data.toMillis - data.fromMillis) / data.parts;
  return part <= ((wish.span.to - wish.span.from) / wish.width) * COARSER;
}
