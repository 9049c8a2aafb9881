// A board on the page: its LED, its MAC address, what its serial port tells. Kept while the page is open.
import { session } from "../core/api";
import { doorWords } from "../core/format";
import { place } from "../core/place";
import { createStore } from "../core/store";
import { recall, remember } from "../core/stored";
import { type SendDoor, type Trust, transmit } from "../send/transmit";
import { claimBoard } from "./claim";
import { type Message, REPLY_MILLIS, type Verdict, illegal, judge, notSent, readOf, writeOf } from "./judge";
import { deviceIdOf, parseMac, randomMac } from "./mac";

const LINES_MAX = 500;

/** Presses that wait while a message is under way; a board with one button handler sees no more either. */
const WAITING_MAX = 8;

/** One line of the serial port. */
export interface Line {
  readonly number: number;
  readonly kind: "note" | "sent" | "reply" | "fine" | "bad";
  readonly text: string;
}

/** Null until the tab knows which board it is. */
export const mac = createStore<string | null>(null);

export const ledOn = createStore(false);

export const trust = createStore<Trust>("own");

export const lines = createStore<readonly Line[]>([]);

/** Messages that are under way or wait. */
export const busy = createStore(0);

let board = 0;
let stored = false;
let said = 0;
let last: Promise<void> = Promise.resolve();

function say(kind: Line["kind"], words: string): void {
  const uptime = (performance.now() / 1_000).toFixed(3).padStart(9);
  lines.set([...lines.get(), { number: ++said, kind, text: `[${uptime}] ${words}` }].slice(-LINES_MAX));
}

export function clearLines(): void {
  lines.set([]);
}

/** Switches the board on, once for each tab. */
export async function switchOn(): Promise<void> {
  if (board > 0) return;
  board = -1;
  board = await claimBoard();
  const known = parseMac(recall(`board-${board}-mac`) ?? "");
  restart(known ?? randomMac());
}

function restart(address: string): void {
  mac.set(address);
  remember(`board-${board}-mac`, address);
  ledOn.set(false);
  stored = false;
  say("note", `board ${board} is up: MAC ${address}, device ID ${deviceIdOf(address)}`);
}

/** Gives the board another MAC address, and starts it anew; false where the text is none. */
export function setMac(text: string): boolean {
  const address = parseMac(text);
  if (address !== null && address !== mac.get()) restart(address);
  return address !== null;
}

export function takeRandomMac(): void {
  restart(randomMac());
}

/** Presses a button: toggles the LED, and sends its state; 0 is plain, 1 is TLS. */
export function press(button: 0 | 1): void {
  later((device) => {
    ledOn.set(!ledOn.get());
    const on = ledOn.get();
    return exchange(`button ${button}: LED ${on ? "on" : "off"}`, writeOf(device, on), button === 1 ? "tls" : "plain");
  });
}

export function sendIllegal(): void {
  later(() => exchange("illegal packet", illegal(ledOn.get()), "plain"));
}

export function readBack(): void {
  later((device) => exchange("read back", readOf(device, ledOn.get()), "plain"));
}

/** One message at a time, in the order of the presses. What is pressed happens now, what is sent later. */
function later(begin: (device: string) => () => Promise<void>): void {
  const address = mac.get();
  if (address === null) return;
  if (session.get()?.role === "viewer") {
    say("bad", "not sent: only senders and editors may send; log in with a sender's or an editor's password");
    return;
  }
  if (busy.get() >= WAITING_MAX) {
    say("bad", `not seen: ${WAITING_MAX} messages wait already, press more slowly`);
    return;
  }
  const send = begin(deviceIdOf(address));
  busy.set(busy.get() + 1);
  last = last.then(send).finally(() => busy.set(busy.get() - 1));
}

function exchange(what: string, message: Message, door: SendDoor): () => Promise<void> {
  return async () => {
    say("note", `${what}; ${target(door)}`);
    const { fine, words } = await outcome(message, door);
    say(fine ? "fine" : "bad", words);
  };
}

async function outcome(message: Message, door: SendDoor): Promise<Verdict> {
  try {
    const sent = await transmit(message.bytes, door, {
      replyMillis: REPLY_MILLIS,
      ...(door === "tls" ? { trust: trust.get() } : {}),
    });
    const verdict = judge(message, sent, stored);
    // Where the handshake failed, nothing was sent.
    if (sent.code !== "tls-failed") say("sent", `→ ${message.bytes}${sent.tls ? `   ${doorWords(door, sent.tls)}` : ""}`);
    if (sent.millis !== null) say("reply", `← ${sent.reply}   ${sent.millis.toFixed(1)} ms`);
    stored ||= message.kind === "write" && verdict.fine;
    return verdict;
  } catch (failed) {
    const verdict = notSent(failed);
    if (verdict.reply) say("reply", `← ${verdict.reply}`);
    return verdict;
  }
}

function target(door: SendDoor): string {
  const port = place.get()?.ports[door];
  return `connect to ${port ? `port ${port}` : "the port"}${door === "tls" ? " with TLS" : ""}`;
}
