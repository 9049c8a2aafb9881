import assert from "node:assert/strict";
import { test } from "node:test";
import { quantile, rate } from "../src/server/rates";
import { bytes, duration } from "../src/server/units";

const BEFORE = [
  [0.001, 10],
  [0.01, 10],
  [0.1, 10],
  [null, 10],
];

test("should find the time within which a part was done since the last look", () => {
  const after = [
    [0.001, 60],
    [0.01, 100],
    [0.1, 110],
    [null, 110],
  ];
  const expected = [
    [0.25, 0.0005],
    [0.5, 0.001],
    [0.7, 0.0055],
    [0.95, 0.055],
  ];
  for (const [part, seconds] of expected)
    assert.ok(Math.abs(quantile(BEFORE, after, part) - seconds) < 1e-9, `${part}`);
});

test("should tell the last bound of what took longer, and nothing where nothing happened", () => {
  assert.equal(
    quantile(
      BEFORE,
      [
        [0.001, 10],
        [0.01, 10],
        [0.1, 10],
        [null, 12],
      ],
      0.5,
    ),
    0.1,
  );
  assert.equal(quantile(BEFORE, BEFORE, 0.5), null);
});

test("should tell no rate where a counter began anew", () => {
  assert.equal(rate(10, 30, 2), 10);
  assert.equal(rate(30, 10, 2), null);
});

test("should write sizes and times with three digits at most", () => {
  assert.deepEqual([0, 999, 1_000, 12_345, 999_600, 5e9].map(bytes), [
    "0 B",
    "999 B",
    "1.00 kB",
    "12.3 kB",
    "1.00 MB",
    "5.00 GB",
  ]);
  assert.deepEqual([0, 0.00012, 0.0034, 0.5, 1.25].map(duration), ["0 µs", "120 µs", "3.4 ms", "500 ms", "1.3 s"]);
});
