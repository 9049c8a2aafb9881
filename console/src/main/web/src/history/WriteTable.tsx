import { useEffect, useState } from "preact/hooks";
import { wordsOf } from "../core/api";
import { download } from "../core/clipboard";
import { serverNow } from "../core/connection";
import { toCsv, toJsonLines } from "../core/export";
import { count, dateAndTime } from "../core/format";
import { href } from "../core/router";
import type { Write } from "../core/types";
import { type ValueFormat, formatValue } from "../values/values";
import { Menu } from "../widgets/Menu";
import { type Column, Table } from "../widgets/Table";
import { toast } from "../widgets/Toasts";
import { type RegisterKey, keyLabel, keyOf } from "./registers";
import { DAY, type Span, type Window, spanOf } from "./span";
import { EXPORT_MAX, type Writes, allWrites, writesTo } from "./writes";

const PAGE = 50;
const REST_MILLIS = 250;
const EXPORTED = ["number", "time", "device", "register", "value", "hex", "peer", "door"] as const;

interface WriteTableProps {
  readonly keys: readonly RegisterKey[];
  readonly window: Window;
  readonly format: ValueFormat;
  /** What makes the first page be read anew: something was written. */
  readonly version: number;
}

/** Who wrote what when, newest first: what the chart shows, in words. */
export function WriteTable({ keys, window, format, version }: WriteTableProps) {
  // The page's first number of each page that was left, to go back.
  const [pages, setPages] = useState<readonly (number | null)[]>([null]);
  const [shown, setShown] = useState<Writes | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const before = pages[pages.length - 1] ?? null;
  const list = keys.join();
  useEffect(() => setPages([null]), [list, window]);
  useEffect(() => {
    const end = new AbortController();
    const timer = setTimeout(() => {
      writesTo(keys, spanNow(window), before, PAGE, end.signal).then(
        (writes) => (setShown(writes), setProblem(null)),
        (failed) => end.signal.aborted || setProblem(wordsOf(failed)),
      );
    }, REST_MILLIS);
    return () => (clearTimeout(timer), end.abort());
  }, [list, window, before, before === null ? version : 0]);
  return (
    <section class="write-table">
      <header class="bar">
        <h2>Writes</h2>
        <span class="bar-space" />
        <Pages pages={pages} next={shown?.before ?? null} onPages={setPages} />
        <ExportMenu keys={keys} window={window} />
      </header>
      {problem && <p class="error">{problem}</p>}
      <Table
        caption="Writes to these registers, newest first"
        columns={columns(format)}
        rows={shown?.writes ?? []}
        rowKey={(each) => each.number}
      />
      {shown?.writes.length === 0 && <p class="muted note">Nothing was written to these registers in this time.</p>}
    </section>
  );
}

/** The live end has no end. */
function spanNow(window: Window): Span {
  const span = spanOf(window, serverNow());
  return window.live ? { from: span.from, to: span.to + DAY } : span;
}

function columns(format: ValueFormat): Column<Write>[] {
  return [
    { title: "Time", cell: (each) => <time dateTime={each.time}>{dateAndTime(each.time)}</time> },
    {
      title: "Register",
      cell: (each) => (
        <a class="mono" href={href(`registers/${each.device}`, { open: each.register })}>
          {keyLabel(keyOf(each.device, each.register))}
        </a>
      ),
    },
    { title: "Value", number: true, cell: (each) => <code>{formatValue(each.value, format)}</code> },
    {
      title: "Written by",
      cell: (each) => (
        <>
          {each.peer} <span class="muted">{each.door}</span>
        </>
      ),
    },
    {
      title: "Number",
      number: true,
      cell: (each) => (
        <a href={href("time", { n: String(each.number) })} title="All registers after this write">
          {count(each.number)}
        </a>
      ),
    },
  ];
}

interface PagesProps {
  readonly pages: readonly (number | null)[];
  readonly next: number | null;
  onPages(pages: readonly (number | null)[]): void;
}

function Pages({ pages, next, onPages }: PagesProps) {
  return (
    <div class="segments">
      <button type="button" class="button" disabled={pages.length < 2} onClick={() => onPages(pages.slice(0, -1))}>
        Newer
      </button>
      <button type="button" class="button" disabled={next === null} onClick={() => onPages([...pages, next])}>
        Older
      </button>
    </div>
  );
}

function ExportMenu({ keys, window }: { keys: readonly RegisterKey[]; window: Window }) {
  const save = (suffix: string, type: string, text: (writes: readonly Write[]) => string) => async () => {
    try {
      const { writes, before } = await allWrites(keys, spanNow(window), AbortSignal.timeout(60_000));
      download(`wwep-history.${suffix}`, type, text(writes));
      toast(
        before === null
          ? `Saved ${count(writes.length)} writes`
          : `Saved the newest ${count(EXPORT_MAX)} writes: wwep export has all of them`,
      );
    } catch (failed) {
      toast(wordsOf(failed));
    }
  };
  return (
    <Menu
      label="Export"
      items={[
        { label: "CSV", run: save("csv", "text/csv", (writes) => toCsv(EXPORTED, writes)) },
        { label: "JSON Lines", run: save("jsonl", "application/jsonl", toJsonLines) },
      ]}
    />
  );
}
