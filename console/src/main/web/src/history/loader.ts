import { get } from "../core/api";
import { type Span, iso } from "./span";
import type { SeriesData } from "./steps";

/** How long zooming and panning must rest before the server is asked. */
const REST_MILLIS = 70;
const PARTS_MAX = 4_000;
/** What is written meanwhile is shown together. */
const REFRESH_MILLIS = 300;
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

/** Fetches what a chart shows: one request at a time, the newest wish next; what is there stays until the next has come. */
export class SeriesLoader {
  private data: SeriesData | null = null;
  private loaded = "";
  private wish: Wish | null = null;
  private timer: number | undefined;
  private underWay: AbortController | null = null;
  private stale = false;

  constructor(
    private readonly onData: (data: SeriesData) => void,
    private readonly onFailure: (failed: unknown) => void,
  ) {}

  /** Asks for what it takes to show this, unless it is there. */
  show(wish: Wish): void {
    const changed = wish.registers.join() !== this.wish?.registers.join();
    this.wish = wish;
    if (changed) this.underWay?.abort();
    if (this.isStale()) this.schedule(changed ? 0 : REST_MILLIS);
  }

  /** Asks anew for what is shown, since something was written. */
  refresh(): void {
    this.stale = true;
    if (this.timer === undefined) this.schedule(REFRESH_MILLIS);
  }

  close(): void {
    clearTimeout(this.timer);
    this.wish = null;
    this.underWay?.abort();
  }

  private isStale(): boolean {
    return this.wish !== null && (this.stale || this.data === null || this.loaded !== this.wish.registers.join() || !covers(this.data, this.wish));
  }

  private schedule(millis: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(), millis);
  }

  private async load(): Promise<void> {
    this.timer = undefined;
    const wish = this.wish;
    if (wish === null || (this.underWay !== null && !this.underWay.signal.aborted) || !this.isStale()) return;
    this.underWay = new AbortController();
    const { signal } = this.underWay;
    this.stale = false;
    try {
      const data = await fetched(wish, signal);
      this.data = data;
      this.loaded = wish.registers.join();
      this.onData(data);
    } catch (failed) {
      if (!signal.aborted) this.onFailure(failed);
      return;
    } finally {
      if (this.underWay?.signal === signal) this.underWay = null;
    }
    // What was wished for meanwhile.
    if (this.isStale()) this.schedule(0);
  }
}

async function fetched(wish: Wish, signal: AbortSignal): Promise<SeriesData> {
  if (wish.registers.length === 0) return { fromMillis: wish.span.from, toMillis: wish.span.to, parts: 1, series: [] };
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
