import { useEffect, useState } from "preact/hooks";
import { session } from "../core/api";
import { serverNow } from "../core/connection";
import { count } from "../core/format";
import { href } from "../core/router";
import { useStore } from "../core/store";
import { iso } from "../history/span";
import { registerLabel } from "../registers/names";
import { type ValueFormat, formatValue } from "../values/values";
import { type Column, Table } from "../widgets/Table";
import { SetBack } from "./SetBack";
import { type DeviceWrites, canSetBack, setBack } from "./plan";
import type { Change, Changes } from "./reads";

interface DifferencesProps {
  readonly changes: Changes;
  /** The earlier moment, in epoch milliseconds. */
  readonly from: number;
  /** The later one; null is the present, from which registers can be set back. */
  readonly to: number | null;
  readonly format: ValueFormat;
  onWritten(): void;
}

/** What differs between two moments; registers that are chosen can be set back. */
export function Differences({ changes, from, to, format, onWritten }: DifferencesProps) {
  const editor = useStore(session)?.role === "editor";
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // As it was when the question was asked: what is written meanwhile is not what was agreed to.
  const [asked, ask] = useState<readonly DeviceWrites[] | null>(null);
  useEffect(() => setChosen(new Set()), [from, to]);
  const able = to === null && editor ? changes.changes.filter(canSetBack) : [];
  const plan = setBack(able.filter((each) => chosen.has(keyOf(each))));
  const choose = (keys: readonly string[], on: boolean) => setChosen(withKeys(chosen, keys, on));
  return (
    <>
      {able.length > 0 && (
        <div class="bar">
          <label class="check">
            <input
              type="checkbox"
              checked={able.every((each) => chosen.has(keyOf(each)))}
              onChange={(event) => choose(able.map(keyOf), event.currentTarget.checked)}
            />
            All that can be set back ({count(able.length)})
          </label>
          <span class="bar-space" />
          <button type="button" class="button button-main" disabled={plan.length === 0} onClick={() => ask(plan)}>
            Set back …
          </button>
        </div>
      )}
      <Table
        caption="Registers that differ"
        columns={columns(from, to, format, able.length > 0, chosen, choose)}
        rows={changes.changes}
        rowKey={keyOf}
      />
      {asked && (
        <SetBack
          plan={asked}
          time={from}
          format={format}
          onClose={() => ask(null)}
          onDone={() => (setChosen(new Set()), onWritten())}
        />
      )}
    </>
  );
}

function keyOf({ device, register }: Change): string {
  return device + register;
}

function withKeys(chosen: ReadonlySet<string>, keys: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(chosen);
  for (const key of keys) {
    if (on) next.add(key);
    else next.delete(key);
  }
  return next;
}

function columns(
  from: number,
  to: number | null,
  format: ValueFormat,
  choosable: boolean,
  chosen: ReadonlySet<string>,
  choose: (keys: readonly string[], on: boolean) => void,
): Column<Change>[] {
  const check: Column<Change> = {
    title: "Set back",
    cell: (each) =>
      canSetBack(each) && (
        <input
          type="checkbox"
          aria-label={`Set ${each.device} ${registerLabel(each.register)} back`}
          checked={chosen.has(keyOf(each))}
          onChange={(event) => choose([keyOf(each)], event.currentTarget.checked)}
        />
      ),
  };
  return [
    ...(choosable ? [check] : []),
    { title: "Device", cell: (each) => <code>{each.device}</code> },
    { title: "Register", cell: (each) => <code>{registerLabel(each.register)}</code> },
    { title: "Before", number: true, cell: (each) => before(each, format) },
    {
      title: "After",
      number: true,
      cell: (each) => <code>{each.after === null ? "unwritten" : formatValue(each.after, format)}</code>,
    },
    {
      title: "Writes",
      number: true,
      cell: (each) => (
        <a href={href("history", { r: keyOf(each), from: iso(from), to: iso(to ?? serverNow()) })}>
          {count(each.writes)}
        </a>
      ),
    },
  ];
}

function before({ before: value, beforeKnown }: Change, format: ValueFormat) {
  if (!beforeKnown)
    return (
      <span class="muted" title="The history does not go back far enough">
        not known
      </span>
    );
  return value === null ? <span class="muted">unwritten</span> : <code>{formatValue(value, format)}</code>;
}
