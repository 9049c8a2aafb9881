import { useEffect, useId, useState } from "preact/hooks";
import { useStore } from "../core/store";
import type { Trust } from "../send/transmit";
import { setMac, takeRandomMac, trust } from "./state";

const TRUSTS: readonly { readonly value: Trust; readonly words: string }[] = [
  { value: "own", words: "the server's certificate" },
  { value: "anybody", words: "nothing: it takes any certificate" },
  { value: "another", words: "another server's certificate: it hangs up" },
];

/** What a board's author sets in the source. */
export function BoardSettings({ mac }: { mac: string }) {
  const current = useStore(trust);
  return (
    <div class="bench-settings">
      <MacForm mac={mac} />
      <label class="field">
        <span>Button 1 checks</span>
        <select class="select" value={current} onChange={(event) => trust.set(event.currentTarget.value as Trust)}>
          {TRUSTS.map((each) => (
            <option key={each.value} value={each.value}>
              {each.words}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function MacForm({ mac }: { mac: string }) {
  const [text, setText] = useState(mac);
  const [wrong, setWrong] = useState(false);
  const error = useId();
  useEffect(() => {
    setText(mac);
    setWrong(false);
  }, [mac]);
  const take = (event: Event) => {
    event.preventDefault();
    setWrong(!setMac(text));
  };
  return (
    <form class="bench-mac" onSubmit={take}>
      <label class="field">
        <span>MAC address</span>
        <input
          class="input mono"
          value={text}
          size={17}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-invalid={wrong}
          aria-describedby={wrong ? error : undefined}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button" disabled={text === mac}>
        Set
      </button>
      <button type="button" class="button" onClick={takeRandomMac}>
        Random
      </button>
      {wrong && (
        <p id={error} class="error" role="alert">
          A MAC address is six octets in hex, as in 00:A0:50:12:34:56.
        </p>
      )}
    </form>
  );
}
