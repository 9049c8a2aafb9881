import { ApiError, get, wordsOf } from "../core/api";
import { Pace } from "../core/pace";
import type { Query } from "../core/router";
import { EventStream } from "../core/stream";
import type { EventPage, WwepEvent } from "../core/types";
import { toast } from "../widgets/Toasts";
import { apiFilter } from "./filter";
import { RecentRejections } from "./rejections";

/** Events that are kept while the view follows. */
const KEPT_MAX = 2_000;

/** Events that are kept while it stands still, with older ones that were asked for. */
const HELD_MAX = 10_000;

const FIRST_PAGE = 200;
const OLDER_PAGE = 500;
const RATE_MILLIS = 5_000;

/** A pause after which a server that did not answer is asked again. */
const ASK_AGAIN_MILLIS = 2_000;

/** The events that one filter admits: the newest, or those from the moment the view was stopped. */
export class LiveFeed {
  readonly rejections = new RecentRejections();
  /** Why there is nothing, as with a filter that cannot be. */
  error: string | null = null;
  loaded = false;
  /** Events left out by the server, as there were too many. */
  dropped = 0;
  /** Events that came since the view was stopped. */
  pending = 0;
  /** Changes with the lines that are to be shown. */
  edition = 0;
  /** Events that came at all, and those of them that were rejected. */
  arrived = 0;
  rejected = 0;

  // Oldest first, as appending is cheap.
  private recent: WwepEvent[] = [];
  private held: WwepEvent[] | null = null;
  private arrivals: { at: number; count: number }[] = [];
  private older: "unknown" | "loading" | "none" = "unknown";
  private stream: EventStream | null = null;
  private readonly ended = new AbortController();
  private askAgain = 0;
  private readonly pace: Pace;

  constructor(
    private readonly filter: Query,
    onChange: () => void,
  ) {
    this.pace = new Pace(onChange);
    void this.load();
  }

  close(): void {
    this.ended.abort();
    this.stream?.close();
    clearTimeout(this.askAgain);
    this.pace.stop();
  }

  private async load(): Promise<void> {
    try {
      const [page, rejected] = await Promise.all([
        this.page(this.filter, FIRST_PAGE),
        this.page({ reply: "X", ...this.filter }, FIRST_PAGE),
      ]);
      if (this.ended.signal.aborted) return;
      this.recent = [...page.events].reverse();
      for (const each of [...rejected.events].reverse()) this.rejections.add(each);
      this.loaded = true;
      this.error = null;
      this.follow(page.events[0]?.id ?? 0);
    } catch (failed) {
      if (this.ended.signal.aborted) return;
      this.error = wordsOf(failed);
      // A filter that is wrong stays wrong; anything else may pass.
      if (!(failed instanceof ApiError && failed.status === 400)) this.askAgain = window.setTimeout(() => void this.load(), ASK_AGAIN_MILLIS);
    }
    this.changed();
  }

  private page(filter: Query, limit: number, before?: number): Promise<EventPage> {
    const query = new URLSearchParams({ ...apiFilter(filter), limit: String(limit) });
    if (before !== undefined) query.set("before", String(before));
    return get<EventPage>(`/transactions?${query}`, this.ended.signal);
  }

  private follow(after: number): void {
    this.stream = new EventStream(apiFilter(this.filter), after, {
      onEvents: (events) => this.came(events),
      onDropped: (count) => this.left(count),
      onRestart: () => this.restarted(),
    });
  }

  private came(events: readonly WwepEvent[]): void {
    for (const each of events) {
      this.recent.push(each);
      this.rejections.add(each);
      if (each.kind === "transaction" && each.code) this.rejected++;
    }
    if (this.recent.length > KEPT_MAX) this.recent.splice(0, this.recent.length - KEPT_MAX);
    this.counted(events.length);
  }

  private left(count: number): void {
    this.dropped += count;
    this.counted(count);
  }

  private counted(count: number): void {
    this.arrived += count;
    if (this.held) this.pending += count;
    else this.edition++;
    const now = performance.now();
    this.arrivals.push({ at: now, count });
    this.arrivals = this.arrivals.filter((each) => each.at > now - RATE_MILLIS);
    this.pace.soon();
  }

  private restarted(): void {
    this.recent = [];
    this.held = null;
    this.pending = 0;
    this.dropped = 0;
    this.rejections.clear();
    toast("The server was restarted: its list begins anew");
    this.changed();
  }

  private changed(): void {
    this.edition++;
    this.pace.soon();
  }

  get stopped(): boolean {
    return this.held !== null;
  }

  /** Has the shown events stay what they are, while new ones are counted. */
  stop(): void {
    if (this.held) return;
    this.held = [...this.recent];
    this.pending = 0;
    this.edition++;
    this.pace.next();
  }

  /** Shows the newest again. */
  resume(): void {
    if (!this.held) return;
    this.held = null;
    this.pending = 0;
    this.older = "unknown";
    this.edition++;
    this.pace.next();
  }

  /** All events that are to be had here, newest first. */
  rows(max = HELD_MAX): WwepEvent[] {
    return (this.held ?? this.recent).slice(-max).reverse();
  }

  get size(): number {
    return (this.held ?? this.recent).length;
  }

  /** Events a second, those left out included. */
  ratePerSecond(): number {
    const since = performance.now() - RATE_MILLIS;
    const count = this.arrivals.reduce((sum, each) => (each.at > since ? sum + each.count : sum), 0);
    return (count * 1_000) / RATE_MILLIS;
  }

  /** Asks for events from before the oldest here; the view must be stopped. */
  async loadOlder(): Promise<void> {
    const oldest = this.held?.[0];
    if (!oldest || this.older !== "unknown" || this.size >= HELD_MAX) return;
    this.older = "loading";
    try {
      const page = await this.page(this.filter, OLDER_PAGE, oldest.id);
      this.older = page.next ? "unknown" : "none";
      if (this.held?.[0] === oldest) this.held = [...[...page.events].reverse(), ...this.held];
    } catch {
      // The next scroll asks again.
      this.older = "unknown";
    }
    this.changed();
  }
}
