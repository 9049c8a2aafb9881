import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { refusal } from "../src/core/connection";
import { EventStream } from "../src/core/stream";

const SESSION = { role: "editor", csrf: null, passwordNeeded: false, version: "0" };

/** What a browser has and Node.js has not. */
class Source extends EventTarget {
  static CLOSED = 2;
  static opened = [];
  readyState = 1;

  constructor() {
    super();
    Source.opened.push(this);
  }

  close() {
    this.readyState = Source.CLOSED;
  }

  fail(readyState) {
    this.readyState = readyState;
    this.dispatchEvent(new Event("error"));
  }
}

/** Requests that wait until the test answers them. */
let asked;

const page = Object.assign(new EventTarget(), { visibilityState: "visible" });

function show(state) {
  page.visibilityState = state;
  page.dispatchEvent(new Event("visibilitychange"));
}

/** Lets what was answered come to its end, as far as it does. */
async function settle() {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  asked = [];
  Source.opened = [];
  const window = new EventTarget();
  Object.assign(globalThis, {
    document: page,
    EventSource: Source,
    window: { setTimeout: (run, millis) => setTimeout(run, millis) },
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
    fetch: (path) => new Promise((answer) => asked.push({ path, answer: (body, status = 200) => answer(Response.json(body, { status })) })),
  });
});

afterEach(() => {
  show("visible");
  mock.timers.reset();
});

function open() {
  return new EventStream({ device: "0FAC" }, null, { onEvents() {}, onDropped() {} });
}

test("should stay closed when it was closed while it tried again", async () => {
  const stream = open();
  Source.opened[0].fail(0);
  mock.timers.tick(1_000);
  assert.equal(asked.length, 1);
  stream.close();
  asked[0].answer(SESSION);
  await settle();

  assert.equal(Source.opened.length, 1);
});

test("should try no more when it was closed and the server does not answer", async () => {
  const stream = open();
  Source.opened[0].fail(0);
  mock.timers.tick(1_000);
  stream.close();
  asked[0].answer({}, 500);
  await settle();
  mock.timers.tick(20_000);

  assert.equal(asked.length, 1);
});

test("should let go of a page that nobody looks at, though it failed meanwhile", async () => {
  const stream = open();
  show("hidden");
  Source.opened[0].fail(0);
  mock.timers.tick(1_000);
  asked[0].answer(SESSION);
  await settle();
  assert.equal(Source.opened[1].readyState, 1);
  mock.timers.tick(30_000);

  assert.equal(Source.opened[1].readyState, Source.CLOSED);
  stream.close();
});

test("should say in the server's words why it gets nothing, and go on when it does", async () => {
  const stream = open();
  Source.opened[0].fail(Source.CLOSED);
  mock.timers.tick(1_000);
  asked[0].answer(SESSION);
  await settle();
  assert.match(asked[1].path, /transactions\?device=0FAC$/);
  asked[1].answer({ detail: "too many readers: close other tabs" }, 503);
  await settle();
  assert.equal(refusal.get(), "too many readers: close other tabs");
  mock.timers.tick(1_000);
  asked[2].answer(SESSION);
  await settle();
  asked[3].answer({});
  await settle();

  assert.equal(Source.opened.length, 2);
  assert.equal(refusal.get(), null);
  stream.close();
});
