import { useEffect, useState } from "preact/hooks";
import { get, wordsOf } from "../core/api";
import { hex } from "../core/format";
import type { DevicePage, DeviceSummary } from "../core/types";

const PAGE = 100;
const SHOWN_MAX = 1_000;
const ASK_MILLIS = 5_000;

export interface ShownDevices {
  readonly devices: readonly DeviceSummary[];
  /** How many there are in all; null until the server has told. */
  readonly total: number | null;
  readonly problem: string | null;
  /** Whether there are others. */
  readonly left: boolean;
  /** Shows more; null where all are shown that there are, or that may be. */
  readonly more: (() => void) | null;
}

/** The devices that have registers and whose ID begins with some hex digits. */
export function useDevices(prefix: string): ShownDevices {
  const [limit, setLimit] = useState(PAGE);
  const [shown, setShown] = useState<Omit<ShownDevices, "more">>({
    devices: [],
    total: null,
    problem: null,
    left: false,
  });
  useEffect(() => setLimit(PAGE), [prefix]);
  useEffect(() => {
    const end = new AbortController();
    const read = () =>
      get<DevicePage>(path(prefix, limit), end.signal).then(
        ({ devices, total, next }) => {
          const matching = devices.filter((each) => each.device.startsWith(prefix));
          setShown({
            devices: matching,
            total,
            problem: null,
            left: next !== null && matching.length === devices.length,
          });
        },
        (failed) => end.signal.aborted || setShown((before) => ({ ...before, problem: wordsOf(failed) })),
      );
    void read();
    const timer = setInterval(() => document.hidden || void read(), ASK_MILLIS);
    return () => (end.abort(), clearInterval(timer));
  }, [prefix, limit]);
  return { ...shown, more: shown.left && limit < SHOWN_MAX ? () => setLimit(limit + PAGE) : null };
}

function path(prefix: string, limit: number): string {
  const first = parseInt(prefix.padEnd(4, "0"), 16);
  return `/devices?limit=${limit}${first > 0 ? `&after=${hex(first - 1)}` : ""}`;
}
