import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { wordsOf } from "../core/api";
import { EventStream } from "../core/stream";
import type { WwepEvent } from "../core/types";
import { SeriesLoader } from "./loader";
import { type RegisterKey, keyOf } from "./registers";
import type { Span } from "./span";
import type { SeriesData } from "./steps";

/** The live end is asked for this often even where no event has told of a write: events can be left out. */
const ASK_MILLIS = 10_000;
/** What is written within this time is shown together. */
const TOGETHER_MILLIS = 700;

interface ShownSeries {
  readonly data: SeriesData | null;
  readonly problem: string | null;
  /** Grows with each write that was told of. */
  readonly version: number;
}

/** What was written to registers in a span, as fine as a chart of that width can show; follows the live end. */
export function useSeries(keys: readonly RegisterKey[], span: Span, live: boolean, width: number): ShownSeries {
  const [data, setData] = useState<SeriesData | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const loader = useMemo(
    () =>
      new SeriesLoader(
        (next) => (setData(next), setProblem(null)),
        (failed) => setProblem(wordsOf(failed)),
      ),
    [],
  );
  useEffect(() => () => loader.close(), [loader]);
  useEffect(() => loader.show({ registers: keys, span, width }), [keys, span.from, span.to, width]);
  const version = useWrites(keys, live);
  useEffect(() => {
    if (version > 0) loader.refresh();
  }, [version]);
  return { data, problem, version };
}

/** Counts the moments at which registers were written, or may have been. */
function useWrites(keys: readonly RegisterKey[], live: boolean): number {
  const [version, setVersion] = useState(0);
  const list = useRef(keys);
  list.current = keys;
  const devices = [...new Set(keys.map((each) => each.slice(0, 4)))].join();
  useEffect(() => {
    if (!live) return;
    let waiting = 0;
    const written = () => {
      waiting ||= window.setTimeout(() => {
        waiting = 0;
        setVersion((before) => before + 1);
      }, TOGETHER_MILLIS);
    };
    const stream = new EventStream({ device: devices, kind: "transaction", reply: "A" }, null, {
      onEvents: (events) => events.some((each) => isWrite(each, list.current)) && written(),
      onDropped: written,
      onRestart: written,
    });
    const timer = setInterval(written, ASK_MILLIS);
    return () => (clearTimeout(waiting), clearInterval(timer), stream.close());
  }, [devices, live]);
  return version;
}

function isWrite(event: WwepEvent, keys: readonly RegisterKey[]): boolean {
  if (event.kind !== "transaction" || !event.request.startsWith("W")) return false;
  return !!event.device && !!event.register && keys.includes(keyOf(event.device, event.register));
}
