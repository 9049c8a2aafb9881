import { hex } from "../core/format";

/** What is known of a written register. */
export interface Cell {
  readonly value: number;
  /** When it was last written, ISO 8601; absent where there is no history. */
  readonly time?: string | undefined;
  /** Who wrote it last. */
  readonly peer?: string | undefined;
  /** How often it changed while the page looked on; what grows makes the cell flash. */
  readonly changes: number;
}

/** The written registers of a device, by their two hex digits. */
export type Cells = ReadonlyMap<string, Cell>;

export const REGISTERS = 256;

/** A register and a value that the server is known to have stored. */
export interface Stored {
  readonly register: string;
  readonly value: number;
  readonly time?: string | undefined;
  readonly peer?: string | undefined;
}

/** Takes over what came of the server; only what differs counts as a change. */
export function withStored(cells: Cells, stored: Iterable<Stored>): Cells {
  const next = new Map(cells);
  // What is there when one begins to look has not changed.
  const first = cells.size === 0 ? 0 : 1;
  for (const { register, value, time, peer } of stored) {
    const before = next.get(register);
    const same = before?.value === value;
    // One that is told again without its origin keeps what is known of that.
    const origin = same && time === undefined ? before : { time, peer };
    next.set(register, {
      value,
      time: origin.time,
      peer: origin.peer,
      changes: before ? before.changes + (same ? 0 : 1) : first,
    });
  }
  return next;
}

/** Moves from register to register in a grid of so many columns; null where a key does not move. */
export function moved(register: number, key: string, columns: number, control: boolean): number | null {
  const column = register % columns;
  switch (key) {
    case "ArrowRight":
      return Math.min(REGISTERS - 1, register + 1);
    case "ArrowLeft":
      return Math.max(0, register - 1);
    case "ArrowDown":
      return register + columns < REGISTERS ? register + columns : register;
    case "ArrowUp":
      return register >= columns ? register - columns : register;
    case "Home":
      return control ? 0 : register - column;
    case "End":
      return control ? REGISTERS - 1 : register - column + columns - 1;
    case "PageUp":
      return column;
    case "PageDown":
      return REGISTERS - columns + column;
    default:
      return null;
  }
}

export function registerHex(register: number): string {
  return hex(register, 2);
}
