import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLocalInput, localInput, momentFrom, momentParameter, momentQuery } from "../src/time/moment";
import { setBack, undo } from "../src/time/plan";

function difference(device, register, before, after, beforeKnown = true) {
  return { device, register, before, beforeKnown, after, writes: 1 };
}

test("should write each device's registers together, expecting what they hold", () => {
  const plan = setBack([
    difference("0FAC", "05", 0, 1),
    difference("0BAC", "05", 2, 3),
    difference("0FAC", "0B", 4, 5),
  ]);
  assert.deepEqual(plan, [
    { device: "0FAC", registers: { "05": 0, "0B": 4 }, expected: { "05": 1, "0B": 5 } },
    { device: "0BAC", registers: { "05": 2 }, expected: { "05": 3 } },
  ]);
});

test("should leave registers that were unwritten, are unknown, or hold the same", () => {
  assert.deepEqual(
    setBack([
      difference("0FAC", "05", null, 1),
      difference("0FAC", "06", null, 1, false),
      difference("0FAC", "07", 1, 1),
    ]),
    [],
  );
});

test("should undo by writing what was there, expecting what was written", () => {
  const [writes] = setBack([difference("0FAC", "05", 0, 1)]);
  assert.deepEqual(undo(writes), { device: "0FAC", registers: { "05": 1 }, expected: { "05": 0 } });
});

test("should keep moments in the page's address", () => {
  for (const moment of [{ number: 12 }, { time: 1_795_784_000_123 }]) {
    const members = Object.entries(momentQuery(moment)).filter(([, each]) => each !== undefined);
    assert.deepEqual(momentFrom(Object.fromEntries(members)), moment);
  }
  assert.equal(momentFrom({ at: "soon" }), null);
});

test("should name moments as the API does, and the present not at all", () => {
  assert.equal(momentParameter({ number: 3 }, "fromNumber", "from"), "&fromNumber=3");
  assert.equal(momentParameter({ time: 0 }, "fromNumber", "from"), "&from=1970-01-01T00:00:00.000Z");
  assert.equal(momentParameter(null, "fromNumber", "from"), "");
});

test("should show times in this machine's time zone and read them back", () => {
  const time = Date.parse("2026-07-01T23:59:59.999Z");
  assert.equal(fromLocalInput(localInput(time)), time);
  assert.equal(fromLocalInput(""), null);
});
