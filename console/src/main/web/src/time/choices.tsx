import { useState } from "preact/hooks";
import { setQuery } from "../core/router";
import { HOUR, iso } from "../history/span";
import { fromLocalInput, localInput } from "./moment";

/** Chooses whether the moment is shown as it was, or what differs from the present or another moment. */
export function AgainstChoice({ against, time }: { against: string | undefined; time: number }) {
  const other = against && against !== "now" ? Date.parse(against) : NaN;
  const choices = [
    { label: "As it was", pressed: !against, value: undefined },
    { label: "Compare with now", pressed: against === "now", value: "now" },
    { label: "Compare with …", pressed: !Number.isNaN(other), value: iso(time - HOUR) },
  ];
  return (
    <>
      <div class="segments" role="group" aria-label="What is shown">
        {choices.map(({ label, pressed, value }) => (
          <button
            key={label}
            type="button"
            class="button"
            aria-pressed={pressed}
            onClick={() => pressed || setQuery({ with: value })}
          >
            {label}
          </button>
        ))}
      </div>
      {!Number.isNaN(other) && (
        <input
          class="input"
          type="datetime-local"
          step="0.001"
          aria-label="The other moment"
          value={localInput(other)}
          onChange={(event) => {
            const typed = fromLocalInput(event.currentTarget.value);
            if (typed !== null) setQuery({ with: iso(typed) });
          }}
        />
      )}
    </>
  );
}

/** Leaves one device. */
export function DeviceFilter({ device }: { device: string | null }) {
  const [text, setText] = useState(device ?? "");
  const typed = (value: string) => {
    setText(value);
    if (value === "" || value.length === 4) setQuery({ device: value });
  };
  return (
    <input
      class="input mono device-filter"
      aria-label="One device only"
      placeholder="All devices"
      maxLength={4}
      spellcheck={false}
      autocomplete="off"
      value={text}
      onInput={(event) =>
        typed((event.currentTarget.value = event.currentTarget.value.replace(/[^0-9a-f]/gi, "").toUpperCase()))
      }
    />
  );
}
