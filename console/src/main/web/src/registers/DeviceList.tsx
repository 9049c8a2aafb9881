import { useState } from "preact/hooks";
import { count } from "../core/format";
import { href, navigate } from "../core/router";
import { useDevices } from "./devices";

/** Chooses a device; typing finds it, and Enter goes to one that nobody has written to yet, too. */
export function DeviceList({ current }: { current: string | null }) {
  const [typed, setTyped] = useState("");
  const { devices, total, problem, left, more } = useDevices(typed);
  const submit = (event: Event) => {
    event.preventDefault();
    const device = typed.length === 4 ? typed : devices[0]?.device;
    if (device) navigate(`registers/${device}`);
  };
  return (
    <nav class="devices card" aria-label="Devices">
      <form onSubmit={submit}>
        <input
          class="input mono"
          data-search
          aria-label="Find a device by its ID"
          placeholder="Device ID"
          title="Find a device (/)"
          maxLength={4}
          spellcheck={false}
          autocomplete="off"
          value={typed}
          onInput={(event) =>
            setTyped((event.currentTarget.value = event.currentTarget.value.replace(/[^0-9a-f]/gi, "").toUpperCase()))
          }
        />
      </form>
      {problem && <p class="error">{problem}</p>}
      <ul class="device-list">
        {devices.map(({ device, registers }) => (
          <li key={device}>
            <a href={href(`registers/${device}`)} aria-current={device === current ? "page" : undefined}>
              <span class="mono">{device}</span>
              <span class="muted number" aria-label={`${registers} registers`}>
                {registers}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" class="button" onClick={more}>
          Show more
        </button>
      )}
      {total !== null && (
        <p class="muted devices-total">
          {count(total)} {total === 1 ? "device" : "devices"}
          {left && !more && "; type the first digits to find others"}
          {typed.length === 4 &&
            devices.length === 0 &&
            `; nobody has written to ${typed}: Enter shows it all the same`}
        </p>
      )}
    </nav>
  );
}
