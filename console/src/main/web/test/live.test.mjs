import assert from "node:assert/strict";
import { test } from "node:test";
import { CODES, apiFilter, filterOf } from "../src/live/filter";
import { lineOf } from "../src/live/lines";
import { RecentRejections } from "../src/live/rejections";

const NOW = Date.parse("2026-11-27T12:00:00Z");

function rejected(id, code, millisAgo) {
  const time = new Date(NOW - millisAgo).toISOString();
  return {
    id,
    time,
    kind: "transaction",
    door: "plain",
    peer: "192.168.1.7:51234",
    request: "R0BAC0B",
    reply: "X",
    code,
    sentence: "why",
  };
}

test("should count the last ten minutes' rejections, the most frequent code first", () => {
  const recent = new RecentRejections();
  recent.add(rejected(1, "too-long", 11 * 60_000));
  recent.add(rejected(2, "http", 9 * 60_000));
  for (let id = 3; id < 6; id++) recent.add(rejected(id, "too-long", 1_000));
  assert.deepEqual(
    recent.counts(NOW).map((each) => [each.code, each.count, each.last.id]),
    [
      ["too-long", 3, 5],
      ["http", 1, 2],
    ],
  );
  assert.deepEqual(
    recent.counts(NOW + 2 * 60_000).map((each) => each.code),
    ["too-long"],
  );
});

test("should say that there were more rejections than are counted", () => {
  const recent = new RecentRejections();
  for (let id = 0; id < 5_000; id++) recent.add(rejected(id, "limited", 0));
  const [limited] = recent.counts(NOW);
  assert.deepEqual([limited.count, limited.more], [1_000, true]);
});

test("should count neither what was accepted nor notices", () => {
  const recent = new RecentRejections();
  recent.add({ ...rejected(1, undefined, 0), reply: "A0FAC0B1234" });
  recent.add({
    id: 2,
    time: new Date(NOW).toISOString(),
    kind: "notice",
    door: "plain",
    peer: "p:1",
    sentence: "said nothing",
  });
  assert.deepEqual(recent.counts(NOW), []);
});

test("should take for rejected what has a code, as failed handshakes get no X", () => {
  assert.deepEqual(apiFilter({ reply: "X", device: "0FAC" }), { device: "0FAC", code: [...CODES.keys()].join(",") });
  assert.deepEqual(apiFilter({ reply: "X", code: "http" }), { code: "http" });
  assert.deepEqual(apiFilter({ reply: "A" }), { reply: "A" });
});

test("should filter by what a link says, and by nothing else of it", () => {
  assert.deepEqual(filterOf({ device: "0FAC", reply: "", other: "1" }), { device: "0FAC" });
});

test("should write a line with all that a mail needs", () => {
  const event = { ...rejected(1, "not-written", 0), tls: "TLSv1.3" };
  assert.equal(lineOf(event), "2026-11-27T12:00:00.000Z  192.168.1.7:51234  TLSv1.3  R0BAC0B -> X  not-written: why");
  assert.match(lineOf({ ...event, reply: "", code: undefined }), /R0BAC0B -> no reply$/);
  assert.equal(
    lineOf({ id: 1, time: "T", kind: "server", sentence: "the certificate ends soon" }),
    "T  the certificate ends soon",
  );
});
