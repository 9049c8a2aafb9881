import assert from "node:assert/strict";
import { test } from "node:test";
import { moved, withStored } from "../src/registers/cells";

test("should move by the arrows and stop at the borders", () => {
  assert.equal(moved(0x1f, "ArrowRight", 16, false), 0x20);
  assert.equal(moved(0xff, "ArrowRight", 16, false), 0xff);
  assert.equal(moved(0x00, "ArrowLeft", 16, false), 0x00);
  assert.equal(moved(0x05, "ArrowUp", 16, false), 0x05);
  assert.equal(moved(0x05, "ArrowDown", 8, false), 0x0d);
  assert.equal(moved(0xf5, "ArrowDown", 16, false), 0xf5);
});

test("should move to the ends of rows, columns and the grid", () => {
  assert.equal(moved(0x15, "Home", 16, false), 0x10);
  assert.equal(moved(0x15, "End", 16, false), 0x1f);
  assert.equal(moved(0x15, "Home", 16, true), 0x00);
  assert.equal(moved(0x15, "End", 16, true), 0xff);
  assert.equal(moved(0x15, "PageUp", 16, false), 0x05);
  assert.equal(moved(0x15, "PageDown", 16, false), 0xf5);
  assert.equal(moved(0x15, "a", 16, false), null);
});

test("should flash what changes or comes anew, but nothing that was there at first", () => {
  const first = withStored(new Map(), [{ register: "05", value: 1, time: "t1", peer: "p" }]);
  assert.equal(first.get("05").changes, 0);
  const next = withStored(first, [
    { register: "05", value: 0, time: "t2", peer: "q" },
    { register: "0B", value: 9 },
  ]);
  assert.deepEqual(next.get("05"), { value: 0, time: "t2", peer: "q", changes: 1 });
  assert.equal(next.get("0B").changes, 1);
});

test("should forget who wrote a value when another is there without its origin", () => {
  const first = withStored(new Map(), [{ register: "05", value: 1, time: "t1", peer: "p" }]);
  assert.equal(withStored(first, [{ register: "05", value: 1 }]).get("05").peer, "p");
  assert.equal(withStored(first, [{ register: "05", value: 2 }]).get("05").peer, undefined);
});
