import { serverNow } from "../core/connection";
import { ago, dateAndTime } from "../core/format";
import type { WwepEvent } from "../core/types";
import { Bytes } from "../widgets/Bytes";

/** What came last from a board, and when. */
export function LastMessage({ event, explain }: { event: WwepEvent; explain: boolean }) {
  return (
    <div class="last">
      {event.kind === "transaction" ? (
        <p>
          <Bytes shown={event.request} wrong={event.wrongByte} />
          <span class="muted">→</span>
          {event.reply ? (
            <code class={event.code ? "reply-bad" : "reply-good"}>{event.reply}</code>
          ) : (
            <span class="muted">no reply</span>
          )}
          {event.code && <span class="chip chip-bad">{event.code}</span>}
        </p>
      ) : (
        <p>{event.kind === "end" ? "the connection is over" : event.sentence}</p>
      )}
      {explain && event.kind === "transaction" && event.sentence && <p class="last-why">{event.sentence}</p>}
      <time class="muted" dateTime={event.time} title={dateAndTime(event.time)}>
        {ago(serverNow() - Date.parse(event.time))}
      </time>
    </div>
  );
}
