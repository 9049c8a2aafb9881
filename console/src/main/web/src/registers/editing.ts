import { useEffect, useState } from "preact/hooks";
import { wordsOf } from "../core/api";
import { type ValueFormat, formatValue } from "../values/values";
import { toast } from "../widgets/Toasts";
import { change } from "./change";
import type { ShownDevice } from "./device";
import { registerLabel } from "./names";

/** A write that was not made, since somebody else was quicker. */
export interface Conflict {
  readonly register: string;
  readonly mine: number;
  readonly current: number | null;
}

export interface Editing {
  readonly conflict: Conflict | null;
  /** Writes a register that holds what was seen before; where that is so no more there is a conflict, and nothing is written. */
  write(register: string, value: number, before: number | null): Promise<void>;
  /** Writes over what somebody else wrote. */
  insist(): void;
  /** Leaves what somebody else wrote. */
  giveUp(): void;
}

/** Changes registers of a device, with a way back. */
export function useEditing(device: string, shown: ShownDevice, format: ValueFormat): Editing {
  const [conflict, setConflict] = useState<Conflict | null>(null);
  useEffect(() => setConflict(null), [device]);
  const attempt = async (register: string, expected: number | null, value: number) => {
    setConflict(null);
    if (!shown.writable) return toast(shown.why ?? "Registers of this device cannot be written here.");
    try {
      const outcome = await change(device, register, expected, value);
      if (outcome.made) {
        shown.store([{ register, value }]);
        tell(device, register, expected, value, format, shown);
      } else {
        if (outcome.current !== null) shown.store([{ register, value: outcome.current }]);
        setConflict({ register, mine: value, current: outcome.current });
      }
    } catch (failed) {
      toast(wordsOf(failed));
    }
  };
  return {
    conflict,
    write: (register, value, before) => attempt(register, before, value),
    insist: () => conflict && void attempt(conflict.register, conflict.current, conflict.mine),
    giveUp: () => setConflict(null),
  };
}

function tell(
  device: string,
  register: string,
  before: number | null,
  value: number,
  format: ValueFormat,
  shown: ShownDevice,
): void {
  const name = `${device} ${registerLabel(register)}`;
  const words = formatValue(value, format);
  if (before === null) return toast(`${name}: ${words}. It was unwritten before, and cannot be made so again.`);
  toast(`${name}: ${formatValue(before, format)} → ${words}`, {
    label: "Undo",
    run: () => void takeBack(device, register, before, value, format, shown),
  });
}

async function takeBack(
  device: string,
  register: string,
  before: number,
  value: number,
  format: ValueFormat,
  shown: ShownDevice,
): Promise<void> {
  try {
    const outcome = await change(device, register, value, before);
    const name = `${device} ${registerLabel(register)}`;
    if (outcome.made) {
      shown.store([{ register, value: before }]);
      toast(`${name} holds ${formatValue(before, format)} again`);
    } else {
      const current = outcome.current === null ? "nothing" : formatValue(outcome.current, format);
      toast(`${name} was written meanwhile and holds ${current}: nothing was changed`);
    }
  } catch (failed) {
    toast(wordsOf(failed));
  }
}
