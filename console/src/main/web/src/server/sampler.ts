import { get, session, wordsOf } from "../core/api";
import { createStore } from "../core/store";
import { type ServerFigures, rejected } from "./figures";
import { quantile, rate } from "./rates";

const ASK_MILLIS = 1_000;
/** Ten minutes. */
const SAMPLES_MAX = 600;
/** Times are looked at over so many samples: a second alone may have too few. */
const TIMES_OVER = 10;

/** One moment on the charts; null where nothing can be told. */
export interface Sample {
  readonly timeMillis: number;
  readonly open: number | null;
  readonly accepted: number | null;
  readonly rejected: number | null;
  readonly bytesIn: number | null;
  readonly bytesOut: number | null;
  readonly latency50: number | null;
  readonly latency99: number | null;
  readonly commit50: number | null;
  readonly commit99: number | null;
}

interface Look {
  readonly timeMillis: number;
  readonly figures: ServerFigures;
}

export const figures = createStore<ServerFigures | null>(null);
export const samples = createStore<readonly Sample[]>([]);
export const problem = createStore<string | null>(null);

let looks: readonly Look[] = [];
let started = false;

/** Begins to ask the server each second; goes on as long as the page is open and looked at. */
export function startSampling(): void {
  if (started) return;
  started = true;
  void sample();
  setInterval(() => document.hidden || !session.get()?.role || void sample(), ASK_MILLIS);
}

let underWay = false;

async function sample(): Promise<void> {
  if (underWay) return;
  underWay = true;
  try {
    take({ timeMillis: Date.now(), figures: await get<ServerFigures>("/server") });
    problem.set(null);
  } catch (failed) {
    problem.set(wordsOf(failed));
  } finally {
    underWay = false;
  }
}

function take(look: Look): void {
  const before = looks[looks.length - 1];
  // Another start of the server counts from 0 again, and a gap in time is no line.
  const goesOn = before?.figures.since === look.figures.since && look.timeMillis - before.timeMillis < 5 * ASK_MILLIS;
  const gap = before && !goesOn ? [nothing(look.timeMillis - 1)] : [];
  looks = [...(goesOn ? looks : []), look].slice(-TIMES_OVER - 1);
  figures.set(look.figures);
  samples.set([...samples.get(), ...gap, sampleOf(looks)].slice(-SAMPLES_MAX));
}

function nothing(timeMillis: number): Sample {
  const none = null;
  return {
    timeMillis,
    open: none,
    accepted: none,
    rejected: none,
    bytesIn: none,
    bytesOut: none,
    latency50: none,
    latency99: none,
    commit50: none,
    commit99: none,
  };
}

function sampleOf(looks: readonly Look[]): Sample {
  const { timeMillis, figures: now } = looks[looks.length - 1]!;
  const last = looks[looks.length - 2];
  const sample = { ...nothing(timeMillis), open: now.connections.open };
  if (!last) return sample;
  const seconds = (timeMillis - last.timeMillis) / 1_000;
  const first = looks[0]!.figures;
  return {
    ...sample,
    accepted: rate(last.figures.counters.accepted, now.counters.accepted, seconds),
    rejected: rate(rejected(last.figures), rejected(now), seconds),
    bytesIn: rate(last.figures.counters.bytesIn, now.counters.bytesIn, seconds),
    bytesOut: rate(last.figures.counters.bytesOut, now.counters.bytesOut, seconds),
    latency50: quantile(first.latency.buckets, now.latency.buckets, 0.5),
    latency99: quantile(first.latency.buckets, now.latency.buckets, 0.99),
    commit50: quantile(first.commit.buckets, now.commit.buckets, 0.5),
    commit99: quantile(first.commit.buckets, now.commit.buckets, 0.99),
  };
}
