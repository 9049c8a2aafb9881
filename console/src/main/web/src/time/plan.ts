/** A register that differs between then and now. */
export interface Difference {
  readonly device: string;
  readonly register: string;
  /** What it held then; null where nobody had written it. */
  readonly before: number | null;
  /** Whether that is known: the history may not go back far enough. */
  readonly beforeKnown: boolean;
  /** What it holds now. */
  readonly after: number | null;
}

/** Writes to one device that are made all or not at all, if the registers still hold what is expected. */
export interface DeviceWrites {
  readonly device: string;
  readonly registers: Readonly<Record<string, number>>;
  readonly expected: Readonly<Record<string, number | null>>;
}

/** Only what was written then can be written again: a register cannot be made unwritten. */
export function canSetBack(difference: Difference): boolean {
  return difference.beforeKnown && difference.before !== null && difference.before !== difference.after;
}

/** What is to be written so that registers hold again what they held then. */
export function setBack(differences: readonly Difference[]): DeviceWrites[] {
  const devices = new Map<string, { registers: Record<string, number>; expected: Record<string, number | null> }>();
  for (const each of differences) {
    if (!canSetBack(each)) continue;
    const writes = devices.get(each.device) ?? { registers: {}, expected: {} };
    writes.registers[each.register] = each.before!;
    writes.expected[each.register] = each.after;
    devices.set(each.device, writes);
  }
  return [...devices].map(([device, writes]) => ({ device, ...writes }));
}

/** What takes such writes back. Registers that were unwritten keep what they were given. */
export function undo(writes: DeviceWrites): DeviceWrites {
  const registers: Record<string, number> = {};
  const expected: Record<string, number | null> = {};
  for (const [register, value] of Object.entries(writes.expected)) {
    if (value === null) continue;
    registers[register] = value;
    expected[register] = writes.registers[register]!;
  }
  return { device: writes.device, registers, expected };
}
