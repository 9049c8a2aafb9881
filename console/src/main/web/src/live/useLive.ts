import { useEffect, useRef, useState } from "preact/hooks";
import type { Query } from "../core/router";
import { LiveFeed } from "./feed";

/** The feed of a filter; the component is drawn anew when it changes. Another filter is another feed. */
export function useLive(filter: Query): LiveFeed | null {
  const [, redraw] = useState({});
  const feed = useRef<LiveFeed | null>(null);
  const key = JSON.stringify(filter);
  useEffect(() => {
    const opened = new LiveFeed(filter, () => redraw({}));
    feed.current = opened;
    redraw({});
    return () => opened.close();
  }, [key]);
  return feed.current;
}
