import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError, get, wordsOf } from "../core/api";
import { EventStream } from "../core/stream";
import type { Device, RegisterValue, WwepEvent } from "../core/types";
import type { PastRegister, StatePage } from "../time/state";
import { type Cells, REGISTERS, type Stored, withStored } from "./cells";

/** Events can be left out, so everything is read again this often. */
const ASK_MILLIS = 15_000;
/** … and this long after some were left out. */
const DROPPED_MILLIS = 1_000;

export interface ShownDevice {
  readonly cells: Cells;
  readonly writable: boolean;
  /** Why it is not; null where it is. */
  readonly why: string | null;
  readonly problem: string | null;
  /** Takes over what the server has answered to a change. */
  store(stored: readonly Stored[]): void;
}

type Told = Pick<ShownDevice, "writable" | "why" | "problem">;

/** The registers of a device, which change as boards write them. */
export function useDevice(device: string): ShownDevice {
  const [cells, setCells] = useState<Cells>(new Map());
  const [told, setTold] = useState<Told>({ writable: false, why: null, problem: null });
  const store = useRef((stored: readonly Stored[]) => setCells((before) => withStored(before, stored)));
  useEffect(() => {
    const end = new AbortController();
    // What events told while an answer was on its way is newer than that.
    const touched = new Set<string>();
    let kept = true;
    const read = async () => {
      touched.clear();
      try {
        const found = await get<Device>(`/devices/${device}`, end.signal);
        const origins: Origins | null = kept ? await originsOf(device, end.signal) : null;
        kept = origins !== null;
        const stored = found.registers.map((each) => withOrigin(each, origins));
        setTold({ writable: found.writable, why: found.why, problem: null });
        store.current(stored.filter((each) => !touched.has(each.register)));
      } catch (failed) {
        if (!end.signal.aborted) setTold((before) => ({ ...before, problem: wordsOf(failed) }));
      }
    };
    const stream = new EventStream({ device, kind: "transaction", reply: "A" }, null, {
      onEvents: (events) => {
        const stored = events.flatMap(storedBy);
        for (const each of stored) touched.add(each.register);
        store.current(stored);
      },
      onDropped: () => soon(),
      onRestart: () => soon(),
    });
    let waiting = 0;
    const soon = () => {
      waiting ||= window.setTimeout(() => {
        waiting = 0;
        void read();
      }, DROPPED_MILLIS);
    };
    void read();
    const timer = setInterval(() => void read(), ASK_MILLIS);
    return () => (end.abort(), clearTimeout(waiting), clearInterval(timer), stream.close());
  }, [device]);
  return { cells, ...told, store: store.current };
}

type Origins = ReadonlyMap<string, PastRegister>;

/** Tells when each register of a device was written and by whom; null where there is no history of it. */
async function originsOf(device: string, signal: AbortSignal): Promise<Origins | null> {
  try {
    const page = await get<StatePage>(`/state?device=${device}&limit=${REGISTERS}`, signal);
    return new Map(page.registers.map((each) => [each.register, each]));
  } catch (failed) {
    if (failed instanceof ApiError && failed.status === 404) return null;
    throw failed;
  }
}

/** Writes go on while both are read: who wrote another value did not write this one. */
function withOrigin({ register, value }: RegisterValue, origins: Origins | null): Stored {
  const origin = origins?.get(register);
  if (origin?.value !== value) return { register, value };
  return { register, value, time: origin.time ?? undefined, peer: origin.peer ?? undefined };
}

/** What an accepted write stored. */
function storedBy(event: WwepEvent): Stored[] {
  if (event.kind !== "transaction" || !event.request.startsWith("W")) return [];
  const reply = /^A[0-9A-F]{4}([0-9A-F]{2})([0-9A-F]{4})/.exec(event.reply);
  return reply ? [{ register: reply[1]!, value: parseInt(reply[2]!, 16), time: event.time, peer: event.peer }] : [];
}
