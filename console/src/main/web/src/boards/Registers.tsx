import { serverNow } from "../core/connection";
import { dateAndTime, hex } from "../core/format";
import { href } from "../core/router";
import type { BoardRegister } from "../core/types";

/** Registers on one card; the others are behind its link. */
const SHOWN_MAX = 8;

/** A change that is no older than this lights up. */
const FRESH_MILLIS = 3_000;

interface Props {
  readonly registers: readonly BoardRegister[];
  readonly device: string;
}

/** The registers that a board spoke of last; one that has just changed lights up. */
export function Registers({ registers, device }: Props) {
  if (registers.length === 0) return null;
  const recent = [...registers].sort((a, b) => (a.changed < b.changed ? 1 : -1)).slice(0, SHOWN_MAX);
  const shown = recent.sort((a, b) => (a.register < b.register ? -1 : 1));
  return (
    <ul class="board-registers" aria-label="Registers">
      {shown.map((each) => (
        // Another time is another element, which lights up as it appears.
        <li
          key={`${each.register} ${each.changed}`}
          class={serverNow() - Date.parse(each.changed) < FRESH_MILLIS ? "flash" : undefined}
          title={`${each.value}, changed ${dateAndTime(each.changed)}`}
        >
          <span class="muted">{each.register}</span> {hex(each.value)}
        </li>
      ))}
      {registers.length > SHOWN_MAX && (
        <li>
          <a href={href(`registers/${device}`)}>+{registers.length - SHOWN_MAX}</a>
        </li>
      )}
    </ul>
  );
}
