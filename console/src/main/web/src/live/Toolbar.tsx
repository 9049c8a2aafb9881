import { useEffect, useRef, useState } from "preact/hooks";
import { count } from "../core/format";
import { type Query, setQuery } from "../core/router";
import { Icon } from "../widgets/Icon";
import { Menu } from "../widgets/Menu";
import { CODES, type FilterName, NO_FILTER } from "./filter";

/** Longest that the API takes. */
const FILTER_CHARS_MAX = 64;

/** A pause in typing after which the filter holds. */
const TYPING_MILLIS = 250;

interface Props {
  readonly filter: Query;
  readonly stopped: boolean;
  /** Events that came since it was stopped. */
  readonly pending: number;
  readonly onStop: () => void;
  readonly onExport: (format: "csv" | "jsonl") => void;
}

/** The live view's filter and what can be done with its lines. */
export function Toolbar({ filter, stopped, pending, onStop, onExport }: Props) {
  const active = Object.keys(filter).length > 0;
  const [more, showMore] = useState(false);
  return (
    <div class="toolbar">
      <form class={more || active ? "filters filters-open" : "filters"} role="search" aria-label="Filter of the live view" onSubmit={(event) => event.preventDefault()}>
        <TextFilter name="text" label="Search" value={filter["text"]} width="filter-text" hint="/" />
        <TextFilter name="device" label="Device" value={filter["device"]} width="filter-device" />
        <TextFilter name="peer" label="Address" value={filter["peer"]} width="filter-peer" />
        <ReplyFilter value={filter["reply"]} />
        <button type="button" class="button filter-more" aria-expanded={more || active} onClick={() => showMore(!more)}>
          Filter
        </button>
        <Choice name="door" label="Any port" value={filter["door"]} options={[["plain", "plain"], ["tls", "TLS"], ["console", "console"]]} />
        <Choice name="code" label="Any reason" value={filter["code"]} options={[...CODES].map(([code, words]) => [code, `${code}: ${words}`])} />
        {active && (
          <button type="button" class="button" onClick={() => setQuery(NO_FILTER)}>
            <Icon name="clear" /> Clear
          </button>
        )}
      </form>
      <div class="toolbar-end">
        <button type="button" class="button" aria-pressed={stopped} title="Pause or go on (p)" onClick={onStop}>
          <Icon name={stopped ? "play" : "pause"} /> {stopped ? "Go on" : "Pause"}
          {stopped && pending > 0 && <span class="pending">{count(pending)} new</span>}
        </button>
        <Menu
          label="Export"
          items={[
            { label: "CSV", run: () => onExport("csv") },
            { label: "JSON Lines", run: () => onExport("jsonl") },
          ]}
        />
      </div>
    </div>
  );
}

interface TextFilterProps {
  readonly name: FilterName;
  readonly label: string;
  readonly value: string | undefined;
  readonly width: string;
  readonly hint?: string;
}

function TextFilter({ name, label, value = "", width, hint }: TextFilterProps) {
  const [typed, setTyped] = useState(value);
  const timer = useRef(0);
  // A click on a line, or a step back in the browser, changes it too.
  useEffect(() => setTyped(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const typing = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setQuery({ [name]: text.trim() }), TYPING_MILLIS);
  };
  return (
    <input
      class={`input ${width}`}
      type="search"
      name={name}
      aria-label={label}
      placeholder={hint ? `${label} (${hint})` : label}
      value={typed}
      maxLength={FILTER_CHARS_MAX}
      spellcheck={false}
      autocomplete="off"
      onInput={(event) => typing(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
    />
  );
}

const REPLIES = [
  ["", "All", "Everything"],
  ["A", "A", "What was accepted"],
  ["X", "X", "What was rejected, and handshakes that failed (e)"],
] as const;

function ReplyFilter({ value }: { value: string | undefined }) {
  return (
    <div class="segments" role="group" aria-label="Reply">
      {REPLIES.map(([reply, words, title]) => (
        <button
          key={words}
          type="button"
          class="button"
          aria-pressed={(value ?? "") === reply}
          title={title}
          onClick={() => setQuery({ reply })}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

interface ChoiceProps {
  readonly name: FilterName;
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [string, string])[];
}

function Choice({ name, label, value = "", options }: ChoiceProps) {
  // A link may hold several, separated by commas.
  const listed = options.some(([each]) => each === value) || !value;
  return (
    <select class="select" aria-label={label} value={value} onChange={(event) => setQuery({ [name]: event.currentTarget.value })}>
      <option value="">{label}</option>
      {options.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
      {!listed && <option value={value}>{value}</option>}
    </select>
  );
}
