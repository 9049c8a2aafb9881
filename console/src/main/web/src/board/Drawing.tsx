import { useStore } from "../core/store";
import { Led } from "../widgets/Led";
import { deviceIdOf } from "./mac";
import { busy, ledOn, press } from "./state";

/** The board as it lies on the table. */
export function Drawing({ mac, disabled }: { mac: string; disabled: boolean }) {
  const on = useStore(ledOn);
  return (
    <section class="pcb" aria-label="The board">
      <Antenna />
      <div class="pcb-chip">
        <span>WWEP</span>
        <span>MAC {mac}</span>
        <span>ID {deviceIdOf(mac)}</span>
      </div>
      <div class="pcb-lamps">
        <Led on={on} />
        <span aria-hidden="true">LED</span>
        <Activity />
      </div>
      <Button number={0} words="plain" disabled={disabled} />
      <Button number={1} words="TLS" disabled={disabled} />
    </section>
  );
}

/** Lit while a message is under way. */
function Activity() {
  return <span class={useStore(busy) > 0 ? "pcb-activity pcb-activity-on" : "pcb-activity"} aria-hidden="true" />;
}

function Button({ number, words, disabled }: { number: 0 | 1; words: string; disabled: boolean }) {
  return (
    <button type="button" class="pcb-button" disabled={disabled} title={`Press it (${number})`} onClick={() => press(number)}>
      <span class="pcb-cap">
        <span class="hidden">Button </span>
        {number}
      </span>{" "}
      <span>{words}</span>
    </button>
  );
}

function Antenna() {
  return (
    <svg class="pcb-antenna" viewBox="0 0 60 24" aria-hidden="true">
      <path d="M2 22V4h8v14h8V4h8v14h8V4h8v14h8V4h8" />
    </svg>
  );
}
