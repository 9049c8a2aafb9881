import { addressIn, usePlace } from "../core/place";
import { href, setQuery } from "../core/router";
import { sendOpen } from "../send/state";
import { CopyButton } from "../widgets/CopyButton";
import { Empty } from "../widgets/Empty";
import { NO_FILTER } from "./filter";

/** What to do while nothing has come. */
export function FirstSteps({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Empty title="Nothing matches the filter yet">
      <p>It goes on watching: what matches will appear here.</p>
      <button type="button" class="button" onClick={() => setQuery(NO_FILTER)}>
        Show everything
      </button>
    </Empty>
  ) : (
    <SendSomething />
  );
}

function SendSomething() {
  const place = usePlace();
  const address = addressIn(place);
  const plain = place?.ports.plain;
  return (
    <Empty title="Nothing has come yet">
      <p>Send a write to this server; it appears here, with its reply.</p>
      {plain && <Command text={`printf W0FAC0B1234 | nc ${address} ${plain}`} />}
      {place?.ports.tls && (
        <p>
          Boards with TLS connect to port <b>{place.ports.tls}</b>.
        </p>
      )}
      {place && place.addresses.length > 1 && <p>Other addresses of this machine: {place.addresses.slice(1).join(", ")}</p>}
      <button type="button" class="button button-main" onClick={() => sendOpen.set(true)}>
        Or send one from here <kbd>s</kbd>
      </button>
      <p>
        No board at hand? <a href={href("board")}>Press a button of the one on this page</a>.
      </p>
    </Empty>
  );
}

function Command({ text }: { text: string }) {
  return (
    <p class="command">
      <code>{text}</code>
      <CopyButton text={text} what="the command" />
    </p>
  );
}
