import { COLOURS } from "../chart/palette";
import { registerLabel } from "../registers/names";

/** A register as the API names it in a list: device and register in one, `0FAC0B`. */
export type RegisterKey = string;

/** Each line has a colour of its own. */
export const REGISTERS_MAX = COLOURS;

export function keyOf(device: string, register: string): RegisterKey {
  return device + register;
}

/** `0FAC 05 (LED)`. */
export function keyLabel(key: RegisterKey): string {
  return `${key.slice(0, 4)} ${registerLabel(key.slice(4))}`;
}

/** Reads what people type: `0fac 0b`, `0FAC/0B`, `0FAC0B`, or a label; null where it is no register. */
export function typedKey(text: string): RegisterKey | null {
  const found = /^\s*([0-9a-f]{4})[\s/:,.-]*([0-9a-f]{2})(?:\s*\([^)]*\))?\s*$/i.exec(text);
  return found ? (found[1]! + found[2]!).toUpperCase() : null;
}

/** Those in a link; what is none is left out. */
export function keysFrom(query: string | undefined): RegisterKey[] {
  const keys = (query ?? "").split(",").map(typedKey);
  return [...new Set(keys.filter((each) => each !== null))].slice(0, REGISTERS_MAX);
}
