// MAC addresses, written with colons and in upper case.

const OCTETS = 6;

/** The bit that says "given by the person in charge, not by the manufacturer". */
const LOCALLY_ADMINISTERED = 0x02;

/** The bit that says "for many receivers"; a board's own address never has it. */
const MULTICAST = 0x01;

function format(octets: readonly number[]): string {
  return octets.map((each) => each.toString(16).toUpperCase().padStart(2, "0")).join(":");
}

/** The address that a person wrote: colons, hyphens or nothing between octets; null where it is none. */
export function parseMac(text: string): string | null {
  const written = text.trim();
  if (!/^([0-9a-f]{12}|[0-9a-f]{2}(:[0-9a-f]{2}){5}|[0-9a-f]{2}(-[0-9a-f]{2}){5})$/i.test(written)) return null;
  return format(octetsOf(written));
}

function octetsOf(mac: string): number[] {
  return (mac.match(/[0-9a-f]{2}/gi) ?? []).map((each) => parseInt(each, 16));
}

/** A random address, marked as given by hand. */
export function randomMac(): string {
  const octets = [...crypto.getRandomValues(new Uint8Array(OCTETS))];
  octets[0] = ((octets[0] ?? 0) | LOCALLY_ADMINISTERED) & ~MULTICAST;
  return format(octets);
}

/** The device ID: the 16-bit sum of the octets, in four hex digits. */
export function deviceIdOf(mac: string): string {
  const sum = octetsOf(mac).reduce((all, each) => all + each, 0);
  return (sum & 0xffff).toString(16).toUpperCase().padStart(4, "0");
}
