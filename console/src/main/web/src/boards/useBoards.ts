import { useEffect, useRef, useState } from "preact/hooks";
import { get, wordsOf } from "../core/api";
import { noteServerTime } from "../core/connection";
import type { Boards, ClassList } from "../core/types";

const EACH_MILLIS = 1_000;

export interface Polled {
  readonly boards: Boards | null;
  /** Null until the server has told. */
  readonly list: ClassList | null;
  readonly error: string | null;
  /** Asks at once, since something was changed. */
  readonly again: () => void;
}

type Known = Omit<Polled, "again">;

/** The boards and the class that they make, asked for each second while somebody looks. */
export function useBoards(): Polled {
  const [known, setKnown] = useState<Known>({ boards: null, list: null, error: null });
  const again = useRef(() => {});
  useEffect(() => {
    const ended = new AbortController();
    let timer = 0;
    const ask = async () => {
      try {
        if (document.visibilityState === "visible") {
          const [boards, list] = await Promise.all([
            get<Boards>("/boards", ended.signal),
            get<ClassList>("/class", ended.signal),
          ]);
          noteServerTime(Date.parse(boards.time));
          setKnown({ boards, list, error: null });
        }
      } catch (failed) {
        if (ended.signal.aborted) return;
        setKnown((before) => ({ ...before, error: wordsOf(failed) }));
      }
      // After the answer, so that a slow server is not asked faster than it answers.
      clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), EACH_MILLIS);
    };
    again.current = () => void ask();
    void ask();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, []);
  return { ...known, again: () => again.current() };
}
