import "./live.css";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { copy, download } from "../core/clipboard";
import { toCsv, toJsonLines } from "../core/export";
import { count, counted, rate } from "../core/format";
import { useKeys } from "../core/keys";
import { setQuery, useRoute } from "../core/router";
import { toast } from "../widgets/Toasts";
import { FirstSteps } from "./FirstSteps";
import type { LiveFeed } from "./feed";
import { NO_FILTER, filterOf } from "./filter";
import { List } from "./List";
import { COLUMNS, lineOf } from "./lines";
import { Strip } from "./Strip";
import { Toolbar } from "./Toolbar";
import { useAnnouncement } from "./useAnnouncement";
import { useLive } from "./useLive";
import { usePosition } from "./usePosition";
import { useSelection } from "./useSelection";

/** Every request and its reply as it happens. */
export function Live() {
  const filter = filterOf(useRoute().query);
  const feed = useLive(filter);
  return feed && <LiveOf feed={feed} filter={filter} />;
}

function LiveOf({ feed, filter }: { feed: LiveFeed; filter: Readonly<Record<string, string>> }) {
  const position = usePosition(feed);
  const root = useRef<HTMLDivElement>(null);
  const selection = useSelection(feed, root, position.stop);
  const announcement = useAnnouncement(feed);
  const copyLine = () => {
    const event = selection.event();
    if (event) void copy(lineOf(event));
  };
  const letGo = () => {
    (document.activeElement as HTMLElement | null)?.blur();
    position.follow();
  };
  // Another filter begins at its newest line.
  useEffect(() => scrollTo({ top: 0 }), [feed]);
  useKeys("Live", [
    { keys: ["p"], does: feed.stopped ? "Go on with the newest" : "Pause", run: position.toggle },
    { keys: ["/"], does: "Search", run: () => root.current?.querySelector<HTMLInputElement>(".filter-text")?.focus() },
    { keys: ["j"], does: "Next line", run: () => selection.move(1) },
    { keys: ["k"], does: "Line before", run: () => selection.move(-1) },
    { keys: ["Escape"], does: "Let go of the line, and go on", run: letGo },
    { keys: ["f"], does: "Take all filters off", run: () => setQuery(NO_FILTER) },
    { keys: ["e"], does: "Only what was rejected, or all", run: () => setQuery({ reply: filter["reply"] ? "" : "X" }) },
    { keys: ["c"], does: "Copy the line", run: copyLine },
    { keys: ["d"], does: "Only the line's device", run: () => selection.filterBy("device") },
    { keys: ["a"], does: "Only the line's address", run: () => selection.filterBy("peer") },
    { keys: ["x"], does: "Only the line's reason", run: () => selection.filterBy("code") },
  ]);
  return (
    <div class="live" ref={root} onFocusIn={selection.onFocus}>
      <h1 class="hidden">Live</h1>
      <Strip feed={feed} />
      <Toolbar filter={filter} stopped={feed.stopped} pending={feed.pending} onStop={position.toggle} onExport={(format) => save(feed, format)} />
      <Figures feed={feed} />
      <p class="hidden" role="status">
        {announcement}
      </p>
      <Content feed={feed} filtered={Object.keys(filter).length > 0} selected={selection.id} limit={position.limit} end={position.end} />
      {feed.stopped && feed.pending > 0 && (
        <button type="button" class="button button-main newer" onClick={position.follow}>
          {count(feed.pending)} new <span aria-hidden="true">↑</span>
        </button>
      )}
    </div>
  );
}

function Figures({ feed }: { feed: LiveFeed }) {
  return (
    <p class="figures">
      <span>{feed.stopped ? <b>Paused</b> : `${rate(feed.ratePerSecond())} a second`}</span>
      {feed.dropped > 0 && (
        <span title="More came than a page can show. A filter on a device shows all of that device.">
          {counted(feed.dropped, "message")} not listed, as there were too many
        </span>
      )}
    </p>
  );
}

interface ContentProps {
  readonly feed: LiveFeed;
  readonly filtered: boolean;
  readonly selected: number | null;
  readonly limit: number;
  readonly end: (element: Element | null) => void;
}

function Content({ feed, filtered, selected, limit, end }: ContentProps) {
  // Thousands of lines that hold still are not compared with themselves whenever something comes.
  const list = useMemo(() => <List events={feed.rows(limit)} selected={selected} />, [feed, feed.edition, limit, selected]);
  if (feed.error) {
    return (
      <p class="error" role="alert">
        {feed.error}
      </p>
    );
  }
  if (!feed.loaded) return null;
  if (feed.size === 0) return <FirstSteps filtered={filtered} />;
  return (
    <>
      {list}
      <div ref={end} class="list-end" />
    </>
  );
}

function save(feed: LiveFeed, format: "csv" | "jsonl"): void {
  const rows = feed.rows();
  const name = `wwep-live-${new Date().toISOString().slice(0, 19).replace(/:/g, "")}.${format}`;
  if (format === "csv") download(name, "text/csv", toCsv(COLUMNS, rows));
  else download(name, "application/jsonl", toJsonLines(rows));
  toast(`${counted(rows.length, "line")} saved as ${name}`);
}
