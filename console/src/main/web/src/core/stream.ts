import { BASE, loadSession, refusalOf, session } from "./api";
import { connection, noteServerTime, refusal } from "./connection";
import type { Query } from "./router";
import type { WwepEvent } from "./types";

const RETRY_MILLIS_MIN = 300;
const RETRY_MILLIS_MAX = 10_000;

/** A page that nobody looks at lets its stream go after this long, since browsers have few connections for one server. */
const HIDDEN_MILLIS_MAX = 30_000;

export interface StreamListener {
  /** Oldest first; at most one call each 100 ms. */
  onEvents(events: readonly WwepEvent[]): void;
  /** So many events were left out here. */
  onDropped(count: number): void;
  /** The server is another process than before, and counts its events anew. */
  onRestart?(): void;
}

/**
 * The server's events as they happen. Comes again by itself when the connection breaks, and asks then for what came
 * meanwhile.
 */
export class EventStream {
  private source: EventSource | null = null;
  private lastId: number | null;
  private start: string | null = null;
  private failures = 0;
  private retryTimer = 0;
  private hiddenTimer = 0;
  /** Grows with all that makes a retry under way pointless. */
  private generation = 0;
  private readonly onVisibility = () => this.visibilityChanged();
  // A page that was left may be kept for a step back, and its stream with it: six, and the browser asks this server nothing more.
  private readonly onLeave = () => this.drop();
  private readonly onReturn = ({ persisted }: PageTransitionEvent) => persisted && this.open();

  /**
   * @param filter members of the query, as the API has them
   * @param after the event after which it begins; null for those that are still to come
   */
  constructor(
    private readonly filter: Query,
    after: number | null,
    private readonly listener: StreamListener,
  ) {
    this.lastId = after;
    document.addEventListener("visibilitychange", this.onVisibility);
    addEventListener("pagehide", this.onLeave);
    addEventListener("pageshow", this.onReturn);
    this.open();
  }

  close(): void {
    document.removeEventListener("visibilitychange", this.onVisibility);
    removeEventListener("pagehide", this.onLeave);
    removeEventListener("pageshow", this.onReturn);
    clearTimeout(this.hiddenTimer);
    this.drop();
  }

  private drop(): void {
    this.generation++;
    clearTimeout(this.retryTimer);
    this.source?.close();
    this.source = null;
    refusal.set(null);
  }

  private get path(): string {
    const query = new URLSearchParams(this.filter);
    if (this.lastId !== null) query.set("after", String(this.lastId));
    return `/transactions?${query}`;
  }

  private open(): void {
    this.drop();
    const source = new EventSource(BASE + this.path);
    source.addEventListener("hello", (event) => this.hello(JSON.parse(event.data)));
    source.addEventListener("events", (event) => this.events(Number(event.lastEventId), JSON.parse(event.data)));
    source.addEventListener("dropped", (event) => this.listener.onDropped(JSON.parse(event.data).count));
    source.addEventListener("error", () => this.failed(source.readyState === EventSource.CLOSED));
    this.source = source;
  }

  private hello({ start }: { start: string }): void {
    connection.set("open");
    this.failures = 0;
    const restarted = this.start !== null && this.start !== start;
    this.start = start;
    if (!restarted) return;
    this.lastId = 0;
    this.listener.onRestart?.();
    this.open();
  }

  private events(lastId: number, events: readonly WwepEvent[]): void {
    const newest = events[events.length - 1];
    if (!newest) return;
    // Events that the filter does not admit have numbers too.
    this.lastId = lastId || newest.id;
    noteServerTime(Date.parse(newest.time));
    this.listener.onEvents(events);
  }

  /**
   * @param refused whether the server answered, but with no stream
   * @param words why, where that is known
   */
  private failed(refused: boolean, words: string | null = null): void {
    this.drop();
    refusal.set(words);
    if (!refused) connection.set("lost");
    const wait = Math.min(RETRY_MILLIS_MAX, RETRY_MILLIS_MIN * 2 ** this.failures++);
    // Not all pages of a class at the same moment.
    this.retryTimer = window.setTimeout(() => void this.retry(refused), wait * (0.5 + Math.random()));
  }

  private async retry(refused: boolean): Promise<void> {
    const { generation } = this;
    try {
      // An event source does not tell why it was refused; these do.
      await loadSession();
      const words = refused && session.get()?.role ? await refusalOf(this.path) : null;
      if (generation !== this.generation || !session.get()?.role) return;
      if (words === null) this.open();
      else this.failed(true, words);
    } catch {
      if (generation === this.generation) this.failed(false);
    }
  }

  private visibilityChanged(): void {
    clearTimeout(this.hiddenTimer);
    if (document.visibilityState === "hidden") {
      this.hiddenTimer = window.setTimeout(() => this.drop(), HIDDEN_MILLIS_MAX);
    } else if (!this.source) {
      this.open();
    }
  }
}
