import { useEffect, useId, useRef, useState } from "preact/hooks";
import { get } from "../core/api";
import type { Device, DevicePage } from "../core/types";
import { REGISTERS_MAX, type RegisterKey, keyLabel, keyOf, typedKey } from "./registers";

const OFFERED_MAX = 256;

interface RegisterFormProps {
  readonly keys: readonly RegisterKey[];
  onAdd(key: RegisterKey): void;
}

/** Adds a register to the chart: offers devices, and the registers of the one that was typed. */
export function RegisterForm({ keys, onAdd }: RegisterFormProps) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const offered = useOffers(text);
  const submit = (event: Event) => {
    event.preventDefault();
    const key = typedKey(text);
    if (key === null) setProblem("Type a device and a register, such as 0FAC 05.");
    else if (keys.length >= REGISTERS_MAX)
      setProblem(`The chart shows ${REGISTERS_MAX} registers at most: remove one first.`);
    else (onAdd(key), setText(""), setProblem(null));
    input.current?.focus();
  };
  return (
    <form class="bar-form" onSubmit={submit}>
      <input
        ref={input}
        class="input register-input"
        data-search
        aria-label="Device and register to add"
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem`}
        placeholder="Device and register"
        title="Add a register (/)"
        list={`${id}-offers`}
        autocomplete="off"
        spellcheck={false}
        maxLength={20}
        value={text}
        onInput={(event) => (setText(event.currentTarget.value), setProblem(null))}
      />
      <datalist id={`${id}-offers`}>
        {offered.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <button type="submit" class="button">
        Add
      </button>
      <span id={`${id}-problem`} class="error" role="alert">
        {problem}
      </span>
    </form>
  );
}

/** What a text may go on to be. */
function useOffers(text: string): readonly string[] {
  const [offers, setOffers] = useState<readonly string[]>([]);
  const device = /^\s*([0-9a-f]{4})\b/i.exec(text)?.[1]?.toUpperCase() ?? null;
  useEffect(() => {
    const end = new AbortController();
    const found = device ? registersOf(device, end.signal) : devices(end.signal);
    // Without offers everything can still be typed.
    found.then(setOffers, () => {});
    return () => end.abort();
  }, [device]);
  return offers;
}

async function devices(signal: AbortSignal): Promise<string[]> {
  const page = await get<DevicePage>(`/devices?limit=${OFFERED_MAX}`, signal);
  return page.devices.map((each) => each.device);
}

async function registersOf(id: string, signal: AbortSignal): Promise<string[]> {
  const { device, registers } = await get<Device>(`/devices/${id}`, signal);
  return registers.map((each) => keyLabel(keyOf(device, each.register)));
}
