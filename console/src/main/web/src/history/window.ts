import { useEffect, useState } from "preact/hooks";
import { useAddress } from "../core/address";
import { serverNow } from "../core/connection";
import { type Window, windowFrom, windowQuery } from "./span";

const TICK_MILLIS_MIN = 100;
const TICK_MILLIS_MAX = 1_000;
/** The live end moves by this part of what is shown. */
const TICKS = 600;

/** What the chart shows, kept in the page's address. */
export function useWindow(): [Window, (next: Window) => void] {
  return useAddress(windowFrom, windowQuery);
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
