// What the server sends, as its API describes it. Times are ISO 8601 unless a name ends in Millis.

/** A viewer looks; a sender sends messages too, as boards do; an editor changes registers and the class too. */
export type Role = "viewer" | "sender" | "editor";

export interface Session {
  readonly role: Role | null;
  /** What changing requests show; null where nobody has logged in. */
  readonly csrf: string | null;
  /** Whether one has to log in first. */
  readonly passwordNeeded: boolean;
  readonly version: string;
}

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code?: string;
  readonly current?: unknown;
}

export type Door = "plain" | "tls" | "console";

interface AnyEvent {
  readonly id: number;
  readonly time: string;
}

interface PeerEvent extends AnyEvent {
  readonly door: Door;
  /** `address:port`. */
  readonly peer: string;
  readonly tls?: string;
  readonly certificate?: string;
}

export interface Transaction extends PeerEvent {
  readonly kind: "transaction";
  /** Bytes as the log shows them: `\xNN` for what is not printable. */
  readonly request: string;
  readonly reply: string;
  readonly code?: string;
  readonly sentence?: string;
  /** Index of the byte that made the request illegal, counted in bytes received. */
  readonly wrongByte?: number;
  readonly device?: string;
  readonly register?: string;
}

export interface Notice extends PeerEvent {
  readonly kind: "notice";
  readonly sentence: string;
}

/** How a board took a wrong certificate, which it was shown on request. */
export interface ProbeEvent extends PeerEvent {
  readonly kind: "probe";
  readonly device: string;
  readonly outcome: ProbeOutcome;
  readonly sentence: string;
}

export type ProbeOutcome = "refused" | "taken" | "unclear" | "expired" | "cancelled";

export interface ServerNotice extends AnyEvent {
  readonly kind: "server";
  readonly sentence: string;
}

export interface End extends PeerEvent {
  readonly kind: "end";
  readonly requests: number;
  /** Absent where that is not known. */
  readonly repliesTaken?: boolean;
}

export type WwepEvent = Transaction | Notice | ProbeEvent | ServerNotice | End;

export interface EventPage {
  readonly events: readonly WwepEvent[];
  readonly next: string | null;
}

export interface BoardPeer {
  readonly address: string;
  readonly door: Door;
  readonly tls?: string;
  readonly last: string;
}

export interface BoardRegister {
  readonly register: string;
  readonly value: number;
  readonly changed: string;
}

/** When each stage was first reached; null or absent for not yet, or not known. */
export type Stages = Readonly<Record<string, string | null | undefined>>;

/** Two addresses that write as one device. */
export interface Clash {
  readonly addresses: readonly string[];
  /** An ID that nobody has; null where there is none. */
  readonly free: string | null;
}

export interface Board {
  readonly device: string;
  readonly peers: readonly BoardPeer[];
  readonly last: WwepEvent;
  readonly registers: readonly BoardRegister[];
  readonly requests: number;
  readonly rejected: number;
  readonly ratePerSecond: number;
  readonly certificate?: string;
  readonly stages: Stages;
  readonly stage: string;
  readonly stuck: boolean;
  readonly why: string | null;
  readonly clash: Clash | null;
}

export interface Stranger {
  readonly address: string;
  readonly last: WwepEvent;
  readonly requests: number;
  readonly rejected: number;
  readonly stages: Stages;
  readonly why: string | null;
}

export interface Boards {
  readonly time: string;
  readonly boards: readonly Board[];
  readonly strangers: readonly Stranger[];
  /** Counts are lower bounds, as events were left out. */
  readonly sampled?: boolean;
}

export interface Exercise {
  /** `01` to `07`. */
  readonly exercise: string;
  readonly state: "open" | "goingOn" | "done";
  /** What is missing; null unless it is going on. */
  readonly missing: string | null;
  readonly done: string | null;
}

/** How far a device is with the exercises. */
export interface ClassDevice {
  readonly device: string;
  readonly name: string | null;
  readonly address: string | null;
  readonly seen: string | null;
  readonly stuck: boolean;
  readonly why: string | null;
  readonly diagnosis: { readonly time: string; readonly code: string | null; readonly sentence: string } | null;
  readonly exercises: readonly Exercise[];
  readonly done: number;
  /** Whether it looks at the server's certificate; null where no probe has told. */
  readonly verifies: boolean | null;
  /** From where a probe waits for it; null where none does. */
  readonly probing: string | null;
  readonly probe: {
    readonly time: string;
    readonly outcome: ProbeOutcome;
    readonly sentence: string;
    readonly device: string;
  } | null;
}

export interface ClassList {
  readonly time: string;
  readonly sampled: boolean;
  /** Why it is not kept over restarts; null where it is. */
  readonly trouble: string | null;
  readonly devices: readonly ClassDevice[];
}

export interface Sent {
  /** The bytes as they went, shown as in the log. */
  readonly sent: string;
  readonly bytes: number;
  readonly reply: string;
  /** Until the first byte of the reply; null where none came. */
  readonly millis: number | null;
  /** As in `TLSv1.3`. */
  readonly tls?: string;
  readonly code?: string;
  readonly sentence?: string;
  readonly wrongByte?: number;
}

export interface DeviceSummary {
  readonly device: string;
  readonly registers: number;
}

export interface DevicePage {
  readonly devices: readonly DeviceSummary[];
  readonly next: string | null;
  readonly total: number;
}

export interface RegisterValue {
  readonly register: string;
  readonly value: number;
  readonly hex: string;
}

export interface Device {
  readonly device: string;
  readonly registers: readonly RegisterValue[];
  readonly writable: boolean;
  readonly why: string | null;
}

export interface Write extends RegisterValue {
  readonly number: number;
  readonly time: string;
  readonly device: string;
  readonly peer: string;
  readonly door: Door;
}

export interface WritePage {
  readonly writes: readonly Write[];
  readonly next: string | null;
}
