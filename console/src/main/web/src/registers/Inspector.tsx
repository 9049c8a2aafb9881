import { useEffect, useState } from "preact/hooks";
import { serverNow } from "../core/connection";
import { ago, dateAndTime } from "../core/format";
import { VALUE_FORMATS, formatValue } from "../values/values";
import type { Cell } from "./cells";
import { registerLabel } from "./names";

/** One register in every format, and who wrote it when, in a line. */
export function Inspector({ register, cell }: { register: string; cell: Cell | undefined }) {
  return (
    <p class="inspector">
      <strong class="mono">{registerLabel(register)}</strong>
      {cell ? (
        <>
          {VALUE_FORMATS.map(({ format, label }) => (
            <span key={format} class="inspector-value">
              <span class="muted">{label}</span> <code>{formatValue(cell.value, format)}</code>
            </span>
          ))}
          <Origin cell={cell} />
        </>
      ) : (
        <span class="muted">unwritten: a read is answered with X</span>
      )}
    </p>
  );
}

/** How long ago changes by itself. */
const TICK_MILLIS = 1_000;

function Origin({ cell: { time, peer } }: { cell: Cell }) {
  const [, redraw] = useState({});
  useEffect(() => {
    const timer = setInterval(() => redraw({}), TICK_MILLIS);
    return () => clearInterval(timer);
  }, []);
  if (!time) return null;
  return (
    <span class="muted" title={dateAndTime(time)}>
      {ago(serverNow() - Date.parse(time))} by {peer ?? "somebody"}
    </span>
  );
}
