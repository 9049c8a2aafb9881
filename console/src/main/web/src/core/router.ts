// Where the page is: `#/live?device=0FAC`. All that a link should keep stands in it.
import { createStore, useStore } from "./store";

/** Query members by name; an absent one is not in the link. */
export type Query = Readonly<Record<string, string>>;

export interface Route {
  /** `live`, or a path with more parts: `registers/0FAC`. */
  readonly path: string;
  readonly query: Query;
}

function parse(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  return { path, query: Object.fromEntries(new URLSearchParams(query)) };
}

const route = createStore<Route>(parse(location.hash));
addEventListener("hashchange", () => route.set(parse(location.hash)));

/** The link to a place; members that are empty or undefined are left out. */
export function href(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter((each): each is [string, string] => !!each[1]);
  // Commas and colons are legal in a query, and links with them can be read.
  const text = new URLSearchParams(given).toString().replace(/%2C/g, ",").replace(/%3A/g, ":");
  return `#/${path}${text ? `?${text}` : ""}`;
}

export function navigate(path: string, query?: Readonly<Record<string, string | undefined>>): void {
  location.hash = href(path, query);
}

/** Changes members of this place's query, without a step in the browser's history. */
export function setQuery(changes: Readonly<Record<string, string | undefined>>): void {
  const { path, query } = route.get();
  const target = href(path, { ...query, ...changes });
  if (target === href(path, query)) return;
  history.replaceState(null, "", target);
  route.set(parse(location.hash));
}

export function currentRoute(): Route {
  return route.get();
}

export function useRoute(): Route {
  return useStore(route);
}
