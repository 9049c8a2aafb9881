/** Registers that boards of the lecture agree on, by their two hex digits. */
const NAMES: Readonly<Record<string, string>> = { "05": "LED" };

export function registerName(register: string): string | undefined {
  return NAMES[register];
}

/** A register as it is written on the wire, and its name where it has one: `0B`, `05 (LED)`. */
export function registerLabel(register: string): string {
  const name = registerName(register);
  return name ? `${register} (${name})` : register;
}
