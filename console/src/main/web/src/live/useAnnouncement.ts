import { useEffect, useState } from "preact/hooks";
import { counted } from "../core/format";
import type { LiveFeed } from "./feed";

const EACH_MILLIS = 10_000;

/** What a screen reader is told now and then: how many lines came, not each of them. */
export function useAnnouncement(feed: LiveFeed): string {
  const [words, setWords] = useState("");
  useEffect(() => {
    let arrived = feed.arrived;
    let rejected = feed.rejected;
    const timer = setInterval(() => {
      const messages = feed.arrived - arrived;
      if (messages > 0) setWords(`${counted(messages, "message")}, ${feed.rejected - rejected} rejected`);
      arrived = feed.arrived;
      rejected = feed.rejected;
    }, EACH_MILLIS);
    return () => clearInterval(timer);
  }, [feed]);
  return words;
}
