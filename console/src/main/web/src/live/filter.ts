import type { Query } from "../core/router";

/** What the live view filters by: members of the API's query and of this page's links alike. */
export const FILTER_NAMES = ["text", "device", "peer", "door", "reply", "code", "kind"] as const;

export type FilterName = (typeof FILTER_NAMES)[number];

/** The filter in a link's query, without what is none of it. */
export function filterOf(query: Query): Query {
  return Object.fromEntries(FILTER_NAMES.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
}

/** A query that takes every filter off. */
export const NO_FILTER: Readonly<Record<string, undefined>> = Object.fromEntries(FILTER_NAMES.map((each) => [each, undefined]));

/** The filter as the API has it. Rejected is what has a code, since nobody gets the X of a handshake that failed. */
export function apiFilter({ reply, code, ...rest }: Query): Query {
  if (reply === "X") return { ...rest, code: code ?? ALL_CODES };
  return { ...rest, ...(reply && { reply }), ...(code && { code }) };
}

/** All codes with a few words on each. */
export const CODES: ReadonlyMap<string, string> = new Map([
  ["not-written", "read before any write"],
  ["incomplete", "stopped early"],
  ["too-long", "a byte too many, often a NUL"],
  ["bad-command", "starts with no R or W"],
  ["bad-digit", "not a hex digit"],
  ["tls-on-plain-port", "TLS on the plain port"],
  ["plain-on-tls-port", "no TLS on the TLS port"],
  ["http", "a browser on WWEP's port"],
  ["tls-failed", "the TLS handshake failed"],
  ["denied", "the policy forbids it"],
  ["storage", "could not be stored"],
  ["limited", "too much from one address"],
]);

const ALL_CODES = [...CODES.keys()].join(",");
