import type { Buckets } from "./rates";

/** How long things took since the start of the server. */
export interface Times {
  readonly count: number;
  readonly sumSeconds: number;
  readonly buckets: Buckets;
}

export interface Certificate {
  /** By which it is downloaded. */
  readonly kind: string;
  readonly subject: string;
  readonly names: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly sha256: string;
  readonly daysLeft: number;
}

/** A limit in force. */
export interface Limit {
  readonly name: string;
  /** Null where it is off. */
  readonly value: number | null;
  readonly hits: number | null;
}

export interface StoreState {
  readonly description: string;
  readonly durable: boolean;
  /** Why it is not; null where it is. */
  readonly failure: string | null;
  readonly fileBytes: number;
  readonly logBytes: number;
  readonly historyWrites: number;
  readonly devices: number;
  readonly registers: number;
}

/** What the server tells of itself. Counts go on from its start. */
export interface ServerFigures {
  readonly version: string;
  readonly since: string;
  readonly ports: { readonly plain: number | null; readonly tls: number | null };
  readonly engine: string;
  readonly addresses: readonly string[];
  readonly store: StoreState;
  readonly connections: { readonly open: number; readonly max: number; readonly accepted: number };
  readonly counters: {
    readonly requests: number;
    readonly reads: number;
    readonly writes: number;
    readonly accepted: number;
    readonly rejected: Readonly<Record<string, number>>;
    readonly bytesIn: number;
    readonly bytesOut: number;
  };
  readonly latency: Times;
  readonly commit: Times;
  readonly tls: {
    readonly profile: string;
    readonly versions: Readonly<Record<string, number>>;
    readonly suites: Readonly<Record<string, number>>;
    readonly failures: Readonly<Record<string, number>>;
  };
  readonly certificates: readonly Certificate[];
  readonly limits: readonly Limit[];
  readonly warnings: readonly string[];
}

export function rejected(figures: ServerFigures): number {
  return Object.values(figures.counters.rejected).reduce((sum, each) => sum + each, 0);
}
