import { useEffect, useRef, useState } from "preact/hooks";
import { serverNow } from "../core/connection";
import { setQuery, useRoute } from "../core/router";
import { type Window, windowFrom, windowQuery } from "./span";

/** Browsers refuse to change a page's address too often. */
const ADDRESS_REST_MILLIS = 250;
const TICK_MILLIS_MIN = 100;
const TICK_MILLIS_MAX = 1_000;
/** The live end moves by this part of what is shown. */
const TICKS = 600;

/** What the chart shows, kept in the page's address. */
export function useWindow(): [Window, (next: Window) => void] {
  const { query } = useRoute();
  const address = JSON.stringify(windowQuery(windowFrom(query)));
  const [window, setWindow] = useState(() => windowFrom(query));
  const written = useRef(address);
  useEffect(() => {
    // A link or the browser's back button, and not what is written here.
    if (address !== written.current) setWindow(windowFrom(query));
    written.current = address;
  }, [address]);
  useEffect(() => {
    const timer = setTimeout(() => {
      written.current = JSON.stringify(windowQuery(window));
      setQuery(windowQuery(window));
    }, ADDRESS_REST_MILLIS);
    return () => clearTimeout(timer);
  }, [window]);
  return [window, setWindow];
}

/** Now by the server's clock; goes on as long as the live end is shown. */
export function useNow(window: Window): number {
  const [now, setNow] = useState(serverNow);
  const step = window.live ? Math.min(TICK_MILLIS_MAX, Math.max(TICK_MILLIS_MIN, window.millis / TICKS)) : null;
  useEffect(() => {
    if (step === null) return;
    setNow(serverNow());
    const timer = setInterval(() => document.hidden || setNow(serverNow()), step);
    return () => clearInterval(timer);
  }, [step]);
  return now;
}
