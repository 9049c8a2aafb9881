import { useEffect, useState } from "preact/hooks";
import { serverNow } from "../core/connection";
import { ago, count } from "../core/format";
import { setQuery } from "../core/router";
import type { LiveFeed } from "./feed";
import { type CodeCount, WINDOW_MINUTES } from "./rejections";

/** Codes with their sentence; further ones are chips. */
const LINES_MAX = 3;

/** What goes wrong at the moment: the last minutes' rejections by code, each with its latest sentence. */
export function Strip({ feed }: { feed: LiveFeed }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  const counts = feed.rejections.counts(serverNow());
  if (counts.length === 0) return null;
  return (
    <section class="strip" aria-label={`What went wrong in the last ${WINDOW_MINUTES} minutes`}>
      <h2>What went wrong in the last {WINDOW_MINUTES} minutes</h2>
      <ul>
        {counts.slice(0, LINES_MAX).map((each) => (
          <li key={each.code} class="strip-line">
            <CodeChip of={each} />
            <span class="strip-sentence" title={each.last.sentence}>{each.last.sentence}</span>
            <span class="strip-last">
              {each.last.device && <b>{each.last.device}</b>} {ago(serverNow() - Date.parse(each.last.time))}
            </span>
          </li>
        ))}
      </ul>
      {counts.length > LINES_MAX && (
        <div class="strip-more">
          {counts.slice(LINES_MAX).map((each) => (
            <CodeChip key={each.code} of={each} />
          ))}
        </div>
      )}
    </section>
  );
}

function CodeChip({ of }: { of: CodeCount }) {
  return (
    <button type="button" class="chip chip-bad" title={`Only ${of.code}`} onClick={() => setQuery({ code: of.code })}>
      {of.code} <b>×{count(of.count)}{of.more && "+"}</b>
    </button>
  );
}
