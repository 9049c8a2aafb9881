import { count, dateAndTime } from "../core/format";
import type { HistoryEnd } from "../history/past";
import { type Moment, fromLocalInput, localInput } from "./moment";

/** A key moves the slider by one of so many parts; a pointer as finely as there are pixels. */
const SLIDER_PARTS = 2_000;

interface MomentBarProps {
  readonly first: HistoryEnd;
  readonly last: HistoryEnd;
  /** The moment that was chosen, in epoch milliseconds. */
  readonly time: number;
  /** Of the last write before it. */
  readonly number: number;
  /** Null is the present. */
  onMoment(moment: Moment | null): void;
  onStep(number: number): void;
}

/** Chooses a moment: by a slider over the whole history, by its time, or by the number of a write. */
export function MomentBar({ first, last, time, number, onMoment, onStep }: MomentBarProps) {
  return (
    <div class="card moment">
      <p class="moment-words" aria-live="polite">
        <strong>{dateAndTime(time)}</strong>{" "}
        <span class="muted">
          after write {count(number)} of {count(last.number)}
        </span>
      </p>
      <Slider begin={Date.parse(first.time)} end={Date.parse(last.time)} time={time} onMoment={onMoment} />
      <div class="moment-ends muted" aria-hidden="true">
        <span>{dateAndTime(first.time)}</span>
        <span>{dateAndTime(last.time)}</span>
      </div>
      <div class="bar">
        <div class="segments">
          <Step label="‹ Previous write" keys="[" disabled={number <= first.number} run={() => onStep(number - 1)} />
          <Step label="Next write ›" keys="]" disabled={number >= last.number} run={() => onStep(number + 1)} />
        </div>
        <TimeField time={time} onMoment={onMoment} />
        <NumberField first={first.number} last={last.number} number={number} onStep={onStep} />
        <span class="bar-space" />
        <button type="button" class="button" title="The present (n)" onClick={() => onMoment(null)}>
          Now
        </button>
      </div>
    </div>
  );
}

interface SliderProps {
  readonly begin: number;
  readonly end: number;
  readonly time: number;
  onMoment(moment: Moment | null): void;
}

function Slider({ begin, end, time, onMoment }: SliderProps) {
  const millis = Math.max(1, end - begin);
  const position = Math.round(((time - begin) / millis) * SLIDER_PARTS);
  const slid = (part: number) =>
    onMoment(part >= SLIDER_PARTS ? null : { time: Math.round(begin + (part / SLIDER_PARTS) * millis) });
  return (
    <input
      class="moment-slider"
      type="range"
      aria-label="Moment of the past"
      aria-valuetext={dateAndTime(time)}
      min={0}
      max={SLIDER_PARTS}
      value={Math.min(SLIDER_PARTS, Math.max(0, position))}
      onInput={(event) => slid(Number(event.currentTarget.value))}
    />
  );
}

interface StepProps {
  readonly label: string;
  readonly keys: string;
  readonly disabled: boolean;
  run(): void;
}

function Step({ label, keys, disabled, run }: StepProps) {
  return (
    <button type="button" class="button" title={`${label} (${keys})`} disabled={disabled} onClick={run}>
      {label}
    </button>
  );
}

function TimeField({ time, onMoment }: { time: number; onMoment(moment: Moment): void }) {
  const changed = (text: string) => {
    const typed = fromLocalInput(text);
    if (typed !== null) onMoment({ time: typed });
  };
  return (
    <label class="moment-field">
      <span class="muted">Time</span>
      <input
        class="input"
        type="datetime-local"
        step="0.001"
        value={localInput(time)}
        onChange={(event) => changed(event.currentTarget.value)}
      />
    </label>
  );
}

interface NumberFieldProps {
  readonly first: number;
  readonly last: number;
  readonly number: number;
  onStep(number: number): void;
}

function NumberField({ first, last, number, onStep }: NumberFieldProps) {
  return (
    <label class="moment-field">
      <span class="muted">Write</span>
      <input
        class="input moment-number"
        type="number"
        min={first}
        max={last}
        value={number}
        onChange={(event) => event.currentTarget.checkValidity() && onStep(Number(event.currentTarget.value))}
      />
    </label>
  );
}
