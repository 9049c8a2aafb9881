import { useEffect, useRef, useState } from "preact/hooks";
import { get, wordsOf } from "../core/api";
import { EventStream } from "../core/stream";
import type { Device, WwepEvent } from "../core/types";
import type { StatePage } from "../time/state";
import { type Cells, REGISTERS, type Stored, withStored } from "./cells";

/** Events can be left out, so everything is read again this often. */
const ASK_MILLIS = 15_000;

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
    const read = async () => {
      touched.clear();
      try {
        const found = await get<Device>(`/devices/${device}`, end.signal);
        const stored = await withOrigins(found, end.signal);
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
      onDropped: () => void read(),
      onRestart: () => void read(),
    });
    void read();
    const timer = setInterval(() => void read(), ASK_MILLIS);
    return () => (end.abort(), clearInterval(timer), stream.close());
  }, [device]);
  return { cells, ...told, store: store.current };
}

/** Adds when each register was written and by whom, where there is a history of it. */
async function withOrigins(found: Device, signal: AbortSignal): Promise<Stored[]> {
  const origins = new Map<string, Stored>();
  try {
    const page = await get<StatePage>(`/state?device=${found.device}&limit=${REGISTERS}`, signal);
    for (const { register, value, time, peer } of page.registers)
      if (value !== null) origins.set(register, { register, value, time: time ?? undefined, peer: peer ?? undefined });
  } catch (failed) {
    // A store without history has the values all the same.
    if (signal.aborted) throw failed;
  }
  return found.registers.map(({ register, value }) => {
    const origin = origins.get(register);
    return origin?.value === value ? origin : { register, value };
  });
}

/** What an accepted write stored. */
function storedBy(event: WwepEvent): Stored[] {
  if (event.kind !== "transaction" || !event.request.startsWith("W")) return [];
  const reply = /^A[0-9A-F]{4}([0-9A-F]{2})([0-9A-F]{4})/.exec(event.reply);
  return reply ? [{ register: reply[1]!, value: parseInt(reply[2]!, 16), time: event.time, peer: event.peer }] : [];
}
