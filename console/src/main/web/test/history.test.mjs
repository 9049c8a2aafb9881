import assert from "node:assert/strict";
import { test } from "node:test";
import { Latest } from "../src/history/latest";
import { keysFrom, typedKey } from "../src/history/registers";
import { DAY, HOUR, panned, selected, spanOf, windowFrom, windowQuery, zoomed } from "../src/history/span";
import { extent, valueAt, withSigned } from "../src/history/steps";

const NOW = Date.parse("2026-11-27T12:00:00Z");

test("should keep the moment under the pointer where it is when zooming", () => {
  const window = selected(NOW - DAY, NOW);
  const moment = NOW - DAY / 4;
  const { span } = zoomed(window, 0.5, 0.75);
  assert.equal(span.to - span.from, DAY / 2);
  assert.equal((moment - span.from) / (span.to - span.from), 0.75);
});

test("should keep the live end at the present when zooming", () => {
  const window = zoomed({ live: true, millis: HOUR }, 2, 0);
  assert.deepEqual(spanOf(window, NOW), { from: NOW - 2 * HOUR, to: NOW });
});

test("should neither zoom in without end nor out", () => {
  let near = selected(NOW, NOW + HOUR);
  let far = near;
  for (let i = 0; i < 100; i++) [near, far] = [zoomed(near, 0.5), zoomed(far, 2)];
  assert.equal(near.span.to - near.span.from, 20);
  assert.equal(far.span.to - far.span.from, 20 * 365 * DAY);
});

test("should become live when panned to the present, and the past when panned away", () => {
  const past = panned({ live: true, millis: HOUR }, -0.25, NOW);
  assert.deepEqual(past, { live: false, span: { from: NOW - 1.25 * HOUR, to: NOW - HOUR / 4 } });
  assert.deepEqual(panned(past, 0.25, NOW), { live: true, millis: HOUR });
});

test("should read windows back from the page's address", () => {
  const windows = [
    { live: true, millis: HOUR },
    { live: true, millis: 1_234 },
    { live: true, millis: 2 * DAY },
    selected(NOW - 5, NOW + 15),
  ];
  for (const window of windows) {
    const members = Object.entries(windowQuery(window)).filter(([, each]) => each !== undefined);
    assert.deepEqual(windowFrom(Object.fromEntries(members)), window);
  }
});

test("should show the last hour where the address cannot be read", () => {
  for (const query of [
    {},
    { last: "5y" },
    { from: "yesterday", to: "now" },
    { from: "2026-11-27", to: "2026-11-26" },
  ]) {
    assert.deepEqual(windowFrom(query), { live: true, millis: HOUR });
  }
});

test("should read registers as people type them", () => {
  for (const text of ["0fac0b", "0FAC 0B", " 0fac/0b ", "0FAC:0B", "0FAC 0B (LED)"])
    assert.equal(typedKey(text), "0FAC0B", text);
  for (const text of ["", "0FAC", "0FAC 5", "XFAC0B", "0FAC0B1"]) assert.equal(typedKey(text), null, text);
  assert.deepEqual(keysFrom("0FAC0B,nothing,0fac0b,0FAC05"), ["0FAC0B", "0FAC05"]);
});

const SERIES = {
  device: "0FAC",
  register: "0B",
  before: 7,
  beforeKnown: true,
  exact: false,
  points: [
    [100, 1, 9, 3, 4],
    [200, 0x7fff, 0x8000, 0x8000, 2],
    [300, 0xfff0, 0xffff, 0xfffe, 5],
  ],
};

test("should hold a value until the next write", () => {
  assert.deepEqual(
    [99, 100, 199, 200, 1_000].map((time) => valueAt(SERIES, time)),
    [7, 3, 3, 0x8000, 0xfffe],
  );
});

test("should range over what is visible, and what was held before", () => {
  assert.deepEqual(extent([SERIES], 0, 150), [1, 9]);
  assert.deepEqual(extent([SERIES], 110, 150), [3, 3]);
  assert.equal(extent([{ ...SERIES, before: null, points: [] }], 0, 100), null);
});

test("should draw signed values, and no band where both halves of the range are mixed", () => {
  const { series } = withSigned({ fromMillis: 0, toMillis: 400, parts: 4, series: [SERIES] });
  assert.deepEqual(series[0].points, [
    [100, 1, 9, 3, 4],
    [200, -0x8000, -0x8000, -0x8000, 2],
    [300, -16, -1, -2, 5],
  ]);
});

test("should fulfil one wish at a time, and of those waiting the newest alone", async () => {
  const asked = [];
  const told = [];
  const answers = [];
  const latest = new Latest(
    (wish) => (asked.push(wish), new Promise((resolve, reject) => answers.push({ resolve, reject }))),
    (result) => told.push(result),
    (failed) => told.push(failed.message),
  );
  for (const wish of [1, 2, 3]) latest.wish(wish);
  assert.deepEqual(asked, [1]);
  answers[0].reject(new Error("broken"));
  await settled();
  assert.deepEqual(asked, [1, 3]);
  answers[1].resolve("three");
  await settled();
  assert.deepEqual(told, ["broken", "three"]);
});

test("should tell nothing of a wish that was cancelled, and fulfil the next", async () => {
  const told = [];
  const answers = [];
  const latest = new Latest(
    () => new Promise((resolve) => answers.push(resolve)),
    (result) => told.push(result),
    assert.fail,
  );
  latest.wish("old");
  latest.cancel();
  latest.wish("new");
  answers[0]("old");
  answers[1]("new");
  await settled();
  assert.deepEqual(told, ["new"]);
});

function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}
