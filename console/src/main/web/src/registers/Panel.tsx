import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../core/api";
import { dateAndTime } from "../core/format";
import { href } from "../core/router";
import { useStore } from "../core/store";
import type { Write, WritePage } from "../core/types";
import { valueFormat } from "../values/FormatChoice";
import { type ValueFormat, formatValue, parseValue } from "../values/values";
import { Led } from "../widgets/Led";
import type { ShownDevice } from "./device";
import type { Conflict, Editing } from "./editing";
import { registerLabel, registerName } from "./names";

const WRITES = 10;

interface PanelProps {
  readonly device: string;
  readonly register: string;
  readonly shown: ShownDevice;
  readonly editing: Editing;
  /** Whether the keyboard goes into it at once. */
  readonly typing: boolean;
  onClose(): void;
}

/** More about one register: its value, its last writes, and a place to write it. */
export function Panel({ device, register, shown, editing, typing, onClose }: PanelProps) {
  const format = useStore(valueFormat);
  const cell = shown.cells.get(register);
  const { conflict } = editing;
  return (
    <aside
      class="panel card"
      aria-label={`Register ${registerLabel(register)} of ${device}`}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <header class="panel-head">
        <h2 class="mono">
          {device} {registerLabel(register)}
        </h2>
        {registerName(register) === "LED" && <Led on={(cell?.value ?? 0) !== 0} />}
        <span class="bar-space" />
        <button type="button" class="icon-button" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          ×
        </button>
      </header>
      <p class="panel-value mono">{cell ? formatValue(cell.value, format) : "unwritten"}</p>
      {conflict?.register === register && <Clash conflict={conflict} format={format} editing={editing} />}
      {shown.writable ? (
        <ValueForm
          key={`${register} ${typing}`}
          typing={typing}
          format={format}
          value={cell?.value ?? null}
          onWrite={(value, before) => void editing.write(register, value, before)}
        />
      ) : (
        <p class="muted">{shown.why ?? "It cannot be written here."}</p>
      )}
      <LastWrites device={device} register={register} format={format} version={`${cell?.value} ${cell?.time}`} />
    </aside>
  );
}

function Clash({ conflict, format, editing }: { conflict: Conflict; format: ValueFormat; editing: Editing }) {
  const mine = formatValue(conflict.mine, format);
  return (
    <div class="clash" role="alert">
      <p>
        It was written meanwhile: it holds{" "}
        <code>{conflict.current === null ? "nothing" : formatValue(conflict.current, format)}</code>, and you want{" "}
        <code>{mine}</code>. Nothing was changed.
      </p>
      <div class="bar">
        <button type="button" class="button" onClick={editing.insist}>
          Write {mine} all the same
        </button>
        <button type="button" class="button" onClick={editing.giveUp}>
          Leave it
        </button>
      </div>
    </div>
  );
}

interface ValueFormProps {
  readonly format: ValueFormat;
  readonly typing: boolean;
  /** What is there; null where nothing is. */
  readonly value: number | null;
  /** `before` is what was there when the typing began. */
  onWrite(value: number, before: number | null): void;
}

function ValueForm({ format, typing, value, onWrite }: ValueFormProps) {
  const [text, setText] = useState("");
  const before = useRef(value);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (typing) input.current?.focus({ preventScroll: true });
  }, []);
  const submit = (event: Event) => {
    event.preventDefault();
    const typed = parseValue(text, format);
    setProblem(typed.problem ?? null);
    if (typed.problem !== undefined) return;
    setText("");
    onWrite(typed.value, before.current);
  };
  return (
    <form class="bar-form" onSubmit={submit}>
      <input
        ref={input}
        class="input mono panel-input"
        aria-label="New value"
        aria-invalid={problem !== null}
        aria-describedby="panel-problem"
        placeholder="New value"
        spellcheck={false}
        autocomplete="off"
        maxLength={24}
        value={text}
        onInput={(event) => {
          if (text === "") before.current = value;
          setText(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <button type="submit" class="button button-main">
        Write
      </button>
      <span id="panel-problem" class="error" role="alert">
        {problem}
      </span>
    </form>
  );
}

function LastWrites({
  device,
  register,
  format,
  version,
}: {
  device: string;
  register: string;
  format: ValueFormat;
  version: string;
}) {
  const [writes, setWrites] = useState<readonly Write[]>([]);
  useEffect(() => setWrites([]), [device, register]);
  useEffect(() => {
    const end = new AbortController();
    // A store may keep no history: then there is nothing to list.
    get<WritePage>(`/devices/${device}/registers/${register}/history?limit=${WRITES}`, end.signal).then(
      (page) => setWrites(page.writes),
      () => {},
    );
    return () => end.abort();
  }, [device, register, version]);
  if (writes.length === 0) return null;
  return (
    <section>
      <h3>Last writes</h3>
      <ol class="last-writes">
        {writes.map((each) => (
          <li key={each.number}>
            <code>{formatValue(each.value, format)}</code>
            <time dateTime={each.time}>{dateAndTime(each.time)}</time>
            <span class="muted">{each.peer}</span>
          </li>
        ))}
      </ol>
      <a href={href("history", { r: device + register })}>All of its history</a>
    </section>
  );
}
