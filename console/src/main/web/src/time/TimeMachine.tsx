import { useEffect, useState } from "preact/hooks";
import { useAddress } from "../core/address";
import { counted, dateAndTime } from "../core/format";
import { useKeys } from "../core/keys";
import { useRoute } from "../core/router";
import { useStore } from "../core/store";
import { NoHistory } from "../history/NoHistory";
import { type HistoryEnd, historySpan } from "../history/past";
import { FormatChoice, nextFormat, valueFormat } from "../values/FormatChoice";
import type { ValueFormat } from "../values/values";
import { Empty } from "../widgets/Empty";
import { Differences } from "./Differences";
import { MomentBar } from "./MomentBar";
import { StateList } from "./StateList";
import { AgainstChoice, DeviceFilter } from "./choices";
import { type Moment, momentFrom, momentQuery } from "./moment";
import { type Changes, type ChangesWish, type Past, type PastWish, changesBetween, pastAt } from "./reads";
import "./time.css";
import { useLatest } from "./useLatest";

/** The end of the history moves on. */
const ASK_MILLIS = 5_000;

/** All registers as they were at a moment, what differs from another, and a way to set them back. */
export function TimeMachine() {
  const [round, setRound] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setRound((before) => before + 1), ASK_MILLIS);
    return () => clearInterval(timer);
  }, []);
  const { result: history, problem } = useLatest(round, readSpan);
  if (problem && !history)
    return (
      <p class="error" role="alert">
        {problem}
      </p>
    );
  if (!history) return null;
  if (!history.kept) return <NoHistory />;
  if (!history.first || !history.last) {
    return (
      <Empty title="Nothing was written yet">
        <p>As soon as something is written, its past can be seen here.</p>
      </Empty>
    );
  }
  return (
    <Machine
      first={history.first}
      last={history.last}
      round={round}
      onWritten={() => setRound((before) => before + 1)}
    />
  );
}

function readSpan(_round: number, signal: AbortSignal) {
  return historySpan(signal);
}

interface MachineProps {
  readonly first: HistoryEnd;
  readonly last: HistoryEnd;
  /** Grows when the present is to be looked at anew. */
  readonly round: number;
  onWritten(): void;
}

function Machine({ first, last, round, onWritten }: MachineProps) {
  const { query } = useRoute();
  const [moment, setMoment] = useAddress(momentFrom, momentQuery);
  const [pages, setPages] = useState(1);
  const format = useStore(valueFormat);
  const device = deviceFrom(query["device"]);
  const past = useLatest<PastWish, Past>({ moment: moment ?? { number: last.number }, device, pages }, pastAt);
  const time = timeOf(moment, past.result, last);
  const number = numberOf(moment, past.result, first, last);
  const step = (to: number) => setMoment(to >= last.number ? null : { number: Math.max(first.number, to) });
  useKeys("Time machine", [
    { keys: ["["], does: "Previous write", run: () => step(number - 1) },
    { keys: ["]"], does: "Next write", run: () => step(number + 1) },
    { keys: ["n"], does: "The present", run: () => setMoment(null) },
    { keys: ["f"], does: "Next format of values", run: nextFormat },
  ]);
  return (
    <div class="time-machine">
      <h1 class="hidden">Time machine</h1>
      <MomentBar first={first} last={last} time={time} number={number} onStep={step} onMoment={setMoment} />
      <div class="bar">
        <AgainstChoice against={query["with"]} time={time} />
        <DeviceFilter device={device} />
        <span class="bar-space" />
        <FormatChoice />
      </div>
      {past.problem && (
        <p class="error" role="alert">
          {past.problem}
        </p>
      )}
      {query["with"] ? (
        <Compared
          moment={moment ?? { number: last.number }}
          time={time}
          against={query["with"]}
          device={device}
          round={round}
          onWritten={onWritten}
        />
      ) : (
        past.result && <Then past={past.result} time={time} format={format} onMore={() => setPages(pages + 1)} />
      )}
    </div>
  );
}

function timeOf(moment: Moment | null, past: Past | null, last: HistoryEnd): number {
  if (moment && "time" in moment) return moment.time;
  return Date.parse((moment && past?.time) || last.time);
}

/** The number that was chosen counts at once: who steps twice does not wait for the registers of the first step. */
function numberOf(moment: Moment | null, past: Past | null, first: HistoryEnd, last: HistoryEnd): number {
  if (!moment) return last.number;
  if ("number" in moment) return Math.min(Math.max(moment.number, first.number), last.number);
  return past?.number ?? last.number;
}

function deviceFrom(text: string | undefined): string | null {
  return text && /^[0-9a-f]{4}$/i.test(text) ? text.toUpperCase() : null;
}

function Then({ past, time, format, onMore }: { past: Past; time: number; format: ValueFormat; onMore(): void }) {
  return (
    <>
      <p class="muted">
        {past.registers.length === 0
          ? "Nothing was written yet."
          : `${counted(past.registers.length, "register")}${past.more ? " and more" : ""}; the one written last is marked. Each leads to its history around that moment.`}
      </p>
      <StateList past={past} time={time} format={format} />
      {past.more && <More onMore={onMore} />}
    </>
  );
}

function More({ onMore }: { onMore(): void }) {
  return (
    <p>
      <button type="button" class="button" onClick={onMore}>
        Show more
      </button>
    </p>
  );
}

interface ComparedProps {
  readonly moment: Moment;
  /** Of that moment, in epoch milliseconds. */
  readonly time: number;
  /** `now`, or another moment. */
  readonly against: string;
  readonly device: string | null;
  readonly round: number;
  onWritten(): void;
}

function Compared({ moment, time, against, device, round, onWritten }: ComparedProps) {
  const [pages, setPages] = useState(1);
  const format = useStore(valueFormat);
  const toNow = against === "now";
  const other = toNow ? Infinity : Date.parse(against);
  const then: Moment | null = toNow ? null : { time: other };
  const pair = other < time ? { from: then!, to: moment } : { from: moment, to: then };
  const wish = Number.isNaN(other) ? null : { ...pair, device, pages, round: toNow ? round : 0 };
  const { result, problem } = useLatest<ChangesWish, Changes>(wish, changesBetween);
  if (problem)
    return (
      <p class="error" role="alert">
        {problem}
      </p>
    );
  if (!result) return null;
  return (
    <>
      <p class="muted">
        {result.changes.length === 0
          ? "Nothing differs"
          : `${counted(result.changes.length, "register")}${result.more ? " and more differ" : result.changes.length === 1 ? " differs" : " differ"}`}{" "}
        between {dateAndTime(Math.min(time, other))} and {toNow ? "now" : dateAndTime(Math.max(time, other))}.
      </p>
      {result.changes.length > 0 && (
        <Differences
          changes={result}
          from={Math.min(time, other)}
          to={toNow ? null : Math.max(time, other)}
          format={format}
          onWritten={onWritten}
        />
      )}
      {result.more && <More onMore={() => setPages(pages + 1)} />}
    </>
  );
}
