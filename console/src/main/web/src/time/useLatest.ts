import { useEffect, useMemo, useState } from "preact/hooks";
import { wordsOf } from "../core/api";
import { Latest } from "../history/latest";

interface Read<T> {
  /** What came last; it stays while the next is on its way. */
  readonly result: T | null;
  readonly problem: string | null;
}

/** Reads anew whenever what is wished for changes; null wishes for nothing. */
export function useLatest<W, T>(wish: W | null, read: (wish: W, signal: AbortSignal) => Promise<T>): Read<T> {
  const [shown, setShown] = useState<Read<T>>({ result: null, problem: null });
  const latest = useMemo(
    () =>
      new Latest<W, T>(
        read,
        (result) => setShown({ result, problem: null }),
        (failed) => setShown((before) => ({ ...before, problem: wordsOf(failed) })),
      ),
    [read],
  );
  useEffect(() => () => latest.cancel(), [latest]);
  useEffect(() => {
    if (wish !== null) latest.wish(wish);
  }, [latest, JSON.stringify(wish)]);
  return shown;
}
