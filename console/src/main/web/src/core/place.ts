import { useEffect } from "preact/hooks";
import { get } from "./api";
import { createStore, useStore } from "./store";

/** Where boards find the server. */
export interface Place {
  /** Absent or null where the server does not serve one. */
  readonly ports: { readonly plain?: number | null; readonly tls?: number | null };
  readonly addresses: readonly string[];
}

/** Null until the server has told. */
export const place = createStore<Place | null>(null);

/** Where boards find the server; asked for when a part of the page that shows it appears. */
export function usePlace(): Place | null {
  useEffect(() => {
    const ended = new AbortController();
    get<Place>("/server", ended.signal).then(place.set, () => {});
    return () => ended.abort();
  }, []);
  return useStore(place);
}

/** The address that boards connect to. */
export function addressIn(known: Place | null): string {
  return known?.addresses[0] ?? location.hostname;
}
