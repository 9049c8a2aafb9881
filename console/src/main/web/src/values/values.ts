import { hex } from "../core/format";

/** How the 16 bits of a register are shown and typed. */
export type ValueFormat = "hex" | "unsigned" | "signed" | "binary" | "ascii";

export const VALUE_FORMATS: readonly { format: ValueFormat; label: string }[] = [
  { format: "hex", label: "Hex" },
  { format: "unsigned", label: "Unsigned" },
  { format: "signed", label: "Signed" },
  { format: "binary", label: "Binary" },
  { format: "ascii", label: "ASCII" },
];

export const VALUE_MAX = 0xffff;
const SIGN_BIT = 0x8000;

export function isValueFormat(text: string | null | undefined): text is ValueFormat {
  return VALUE_FORMATS.some((each) => each.format === text);
}

export function signed(value: number): number {
  return value & SIGN_BIT ? value - VALUE_MAX - 1 : value;
}

function character(code: number): string {
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : "·";
}

export function formatValue(value: number, format: ValueFormat): string {
  switch (format) {
    case "hex":
      return hex(value);
    case "unsigned":
      return String(value);
    case "signed":
      return String(signed(value));
    case "binary":
      return value
        .toString(2)
        .padStart(16, "0")
        .replace(/(.{4})(?=.)/g, "$1 ");
    case "ascii":
      return character(value >> 8) + character(value & 0xff);
  }
}

/** What was typed: a value of 16 bits, or what is wrong with it, with the cure. */
export type TypedValue = { readonly value: number; readonly problem?: never } | { readonly problem: string };

const PROBLEMS: Record<ValueFormat, string> = {
  hex: "Not a value: type 1 to 4 hex digits, such as 1F or ABCD.",
  unsigned: "Not a value: type a number from 0 to 65535, or 0x and hex digits.",
  signed: "Not a value: type a number from -32768 to 32767, or 0x and hex digits.",
  binary: "Not a value: type 1 to 16 binary digits, or 0x and hex digits.",
  ascii: "Not a value: type exactly two ASCII characters.",
};

/** Reads a value in the format in which values are shown; 0x in front is taken in every number format, 0b in all but hex, whose digits these are. */
export function parseValue(text: string, format: ValueFormat): TypedValue {
  const value = format === "ascii" ? characters(text) : number(text.replace(/[\s_]/g, ""), format);
  return value === null ? { problem: PROBLEMS[format] } : { value };
}

function characters(text: string): number | null {
  return /^[\x20-\x7e]{2}$/.test(text) ? (text.charCodeAt(0) << 8) | text.charCodeAt(1) : null;
}

function number(text: string, format: ValueFormat): number | null {
  const prefixed = /^0([xb])(.+)$/i.exec(text);
  if (format === "hex" || prefixed?.[1]?.toLowerCase() === "x")
    return digits(text.replace(/^0x/i, ""), /^[0-9a-f]{1,4}$/i, 16);
  if (format === "binary" || prefixed) return digits(text.replace(/^0b/i, ""), /^[01]{1,16}$/, 2);
  if (!/^-?\d{1,5}$/.test(text)) return null;
  const value = Number(text);
  if (format === "signed") return value >= -SIGN_BIT && value < SIGN_BIT ? value & VALUE_MAX : null;
  return value >= 0 && value <= VALUE_MAX ? value : null;
}

function digits(text: string, allowed: RegExp, radix: number): number | null {
  return allowed.test(text) ? parseInt(text, radix) : null;
}
