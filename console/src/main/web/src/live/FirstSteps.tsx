import { useEffect, useState } from "preact/hooks";
import { get } from "../core/api";
import { setQuery } from "../core/router";
import { sendOpen } from "../send/state";
import { CopyButton } from "../widgets/CopyButton";
import { Empty } from "../widgets/Empty";
import { NO_FILTER } from "./filter";

/** Where boards find the server. */
interface Place {
  readonly ports: { readonly plain?: number | null; readonly tls?: number | null };
  readonly addresses: readonly string[];
}

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
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const ended = new AbortController();
    get<Place>("/server", ended.signal).then(setPlace, () => {});
    return () => ended.abort();
  }, []);
  const address = place?.addresses[0] ?? location.hostname;
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
