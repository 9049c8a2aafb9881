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
  const begin = Date.parse(first.time);
  const end = Math.max(begin + 1, Date.parse(last.time));
  const position = Math.round(((time - begin) / (end - begin)) * SLIDER_PARTS);
  const slid = (part: number) =>
    part >= SLIDER_PARTS
      ? onMoment(null)
      : onMoment({ time: Math.round(begin + (part / SLIDER_PARTS) * (end - begin)) });
  return (
    <div class="card moment">
      <p class="moment-words" aria-live="polite">
        <strong>{dateAndTime(time)}</strong>{" "}
        <span class="muted">
          after write {count(number)} of {count(last.number)}
        </span>
      </p>
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
      <div class="moment-ends muted" aria-hidden="true">
        <span>{dateAndTime(first.time)}</span>
        <span>{dateAndTime(last.time)}</span>
      </div>
      <div class="bar">
        <div class="segments">
          <button
            type="button"
            class="button"
            title="Previous write ([)"
            disabled={number <= first.number}
            onClick={() => onStep(number - 1)}
          >
            ‹ Previous write
          </button>
          <button
            type="button"
            class="button"
            title="Next write (])"
            disabled={number >= last.number}
            onClick={() => onStep(number + 1)}
          >
            Next write ›
          </button>
        </div>
        <label class="moment-field">
          <span class="muted">Time</span>
          <input
            class="input"
            type="datetime-local"
            step="0.001"
            value={localInput(time)}
            onChange={(event) => {
              const typed = fromLocalInput(event.currentTarget.value);
              if (typed !== null) onMoment({ time: typed });
            }}
          />
        </label>
        <label class="moment-field">
          <span class="muted">Write</span>
          <input
            class="input moment-number"
            type="number"
            min={first.number}
            max={last.number}
            value={number}
            onChange={(event) => event.currentTarget.checkValidity() && onStep(Number(event.currentTarget.value))}
          />
        </label>
        <span class="bar-space" />
        <button type="button" class="button" title="The present (n)" onClick={() => onMoment(null)}>
          Now
        </button>
      </div>
    </div>
  );
}
