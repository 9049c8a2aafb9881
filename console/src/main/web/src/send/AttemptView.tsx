import { counted } from "../core/format";
import type { Sent } from "../core/types";
import { Bytes } from "../widgets/Bytes";
import type { Attempt } from "./state";

interface Props {
  readonly attempt: Attempt;
  readonly onAgain: () => void;
}

/** One message with what came back. */
export function AttemptView({ attempt: { message, door, outcome, error }, onAgain }: Props) {
  return (
    <li class={outcome?.code || error ? "attempt attempt-bad" : "attempt"}>
      <div class="attempt-head">
        {outcome ? <Bytes shown={outcome.sent} wrong={outcome.wrongByte} /> : <code class="bytes">{message}</code>}
        <span class="chip">{door === "tls" ? "TLS" : "plain"}</span>
        <button type="button" class="quiet muted" title="Send it again" onClick={onAgain}>
          again
        </button>
      </div>
      <div role="status">
        {outcome && <Outcome of={outcome} />}
        {error && <p class="error">{error}</p>}
        {!outcome && !error && <p class="muted">…</p>}
      </div>
    </li>
  );
}

function Outcome({ of }: { of: Sent }) {
  return (
    <>
      <p>
        <span class="muted">→</span>{" "}
        {of.reply ? <code class={of.code ? "reply-bad" : "reply-good"}>{of.reply}</code> : <span class="muted">no reply</span>}{" "}
        <span class="muted">
          {counted(of.bytes, "byte")}
          {of.millis !== null && `, ${of.millis.toFixed(1)} ms`}
        </span>
      </p>
      {of.sentence && (
        <p>
          {of.code && <span class="chip chip-bad">{of.code}</span>} {of.sentence}
        </p>
      )}
    </>
  );
}
