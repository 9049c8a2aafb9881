import { useEffect, useRef, useState } from "preact/hooks";
import type { LiveFeed } from "./feed";

/** Lines that are drawn at once: a screen full and some more. */
const LINES_AT_ONCE = Math.ceil(screen.height / 24) + 10;

/** From here on, in pixels, somebody reads older lines. */
const SCROLLED_PX = 60;

/** Where in the feed the reader is, and whether it stands still. */
export interface Position {
  /** Lines that are drawn; more with each scroll to the end. */
  readonly limit: number;
  /** Takes the element behind the last line. */
  readonly end: (element: Element | null) => void;
  readonly stop: () => void;
  readonly follow: () => void;
  readonly toggle: () => void;
}

/** Stops the feed when its reader scrolls back, so that lines hold still, and goes on at the top. */
export function usePosition(feed: LiveFeed): Position {
  const [limit, setLimit] = useState(LINES_AT_ONCE);
  const [end, setEnd] = useState<Element | null>(null);
  // A pause that was asked for outlives a scroll to the top.
  const asked = useRef(false);

  const stop = () => {
    asked.current = true;
    feed.stop();
  };
  const follow = () => {
    asked.current = false;
    setLimit(LINES_AT_ONCE);
    feed.resume();
    scrollTo({ top: 0 });
  };

  useEffect(() => {
    asked.current = false;
    setLimit(LINES_AT_ONCE);
    const scrolled = () => {
      if (scrollY > SCROLLED_PX) feed.stop();
      else if (scrollY === 0 && !asked.current && feed.stopped) follow();
    };
    addEventListener("scroll", scrolled, { passive: true });
    return () => removeEventListener("scroll", scrolled);
  }, [feed]);

  const size = feed.stopped ? feed.size : 0;
  useEffect(() => {
    if (!end || !feed.stopped) return;
    // Observed anew after each growth, since the end may still be in sight.
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((each) => each.isIntersecting)) return;
        if (limit < feed.size) setLimit(limit + LINES_AT_ONCE);
        else void feed.loadOlder();
      },
      { rootMargin: "600px" },
    );
    observer.observe(end);
    return () => observer.disconnect();
  }, [feed, end, limit, size]);

  return { limit, end: setEnd, stop, follow, toggle: () => (feed.stopped ? follow() : stop()) };
}
