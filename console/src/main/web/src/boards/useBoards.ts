import { useEffect, useState } from "preact/hooks";
import { get, wordsOf } from "../core/api";
import { noteServerTime } from "../core/connection";
import type { Boards } from "../core/types";

const EACH_MILLIS = 1_000;

export interface Polled {
  readonly boards: Boards | null;
  readonly error: string | null;
}

/** The boards, asked for each second while somebody looks. */
export function useBoards(): Polled {
  const [polled, setPolled] = useState<Polled>({ boards: null, error: null });
  useEffect(() => {
    const ended = new AbortController();
    let timer = 0;
    const ask = async () => {
      try {
        if (document.visibilityState === "visible") {
          const boards = await get<Boards>("/boards", ended.signal);
          noteServerTime(Date.parse(boards.time));
          setPolled({ boards, error: null });
        }
      } catch (failed) {
        if (ended.signal.aborted) return;
        setPolled((before) => ({ ...before, error: wordsOf(failed) }));
      }
      // After the answer, so that a slow server is not asked faster than it answers.
      timer = window.setTimeout(() => void ask(), EACH_MILLIS);
    };
    void ask();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, []);
  return polled;
}
