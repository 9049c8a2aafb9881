import { dateAndTime } from "../core/format";
import { href } from "../core/router";
import { MINUTE, iso } from "../history/span";
import { registerLabel } from "../registers/names";
import { type ValueFormat, formatValue } from "../values/values";
import type { Past } from "./reads";
import type { PastRegister } from "./state";

interface StateListProps {
  readonly past: Past;
  /** The moment shown, in epoch milliseconds. */
  readonly time: number;
  readonly format: ValueFormat;
}

/** All registers as they were, by device. */
export function StateList({ past, time, format }: StateListProps) {
  const devices = new Map<string, PastRegister[]>();
  for (const each of past.registers) {
    const list = devices.get(each.device);
    if (list) list.push(each);
    else devices.set(each.device, [each]);
  }
  return (
    <ul class="state">
      {[...devices].map(([device, registers]) => (
        <li key={device} class="card state-device">
          <h2 class="mono">
            <a href={href(`registers/${device}`)}>{device}</a>
          </h2>
          <ul class="state-registers">
            {registers.map((each) => (
              <li key={each.register}>
                <PastCell
                  register={each}
                  latest={each.number === past.number && past.number > 0}
                  time={time}
                  format={format}
                />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

interface PastCellProps {
  readonly register: PastRegister;
  /** Whether this was the last write before the moment. */
  readonly latest: boolean;
  readonly time: number;
  readonly format: ValueFormat;
}

function PastCell({ register: { device, register, value, time: written, peer }, latest, time, format }: PastCellProps) {
  const around = { r: device + register, from: iso(time - 5 * MINUTE), to: iso(time + 5 * MINUTE) };
  const words = value === null ? "not known: the history does not go back far enough" : origin(written, peer);
  return (
    <a
      class={`past-cell${value === null ? " past-unknown" : ""}${latest ? " past-latest" : ""}`}
      href={href("history", around)}
      title={words}
      aria-label={`${registerLabel(register)}: ${value === null ? "not known" : formatValue(value, format)}`}
    >
      <span class="muted">{registerLabel(register)}</span>{" "}
      <code>{value === null ? "?" : formatValue(value, format)}</code>
    </a>
  );
}

function origin(time: string | null | undefined, peer: string | null | undefined): string {
  return time ? `${dateAndTime(time)}${peer ? ` by ${peer}` : ""}` : "the write is no longer in the history";
}
