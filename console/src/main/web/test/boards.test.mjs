import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, chooseStrangers } from "../src/boards/choice";
import { stepsOf } from "../src/boards/stages";

const ALL = { text: "", stuckOnly: false, latestFirst: false };

function board(device, { stuck = false, second = 0, address = "192.168.1.7", clash = null } = {}) {
  return {
    device,
    stuck,
    clash,
    peers: [{ address, door: "plain" }],
    last: { time: `2026-11-27T12:00:${String(second).padStart(2, "0")}.000Z` },
  };
}

const devices = (boards) => boards.map((each) => each.device);

test("should show stuck boards first, and all others by device so that they stay where they are", () => {
  const boards = [board("0FAE", { second: 30 }), board("0FAC", { second: 1 }), board("1000", { stuck: true })];
  assert.deepEqual(devices(choose(boards, ALL)), ["1000", "0FAC", "0FAE"]);
  assert.deepEqual(devices(choose(boards, { ...ALL, latestFirst: true })), ["1000", "0FAE", "0FAC"]);
});

test("should find boards by a part of their device or address", () => {
  const boards = [board("0FAC"), board("0FAE", { address: "10.0.0.9" })];
  assert.deepEqual(devices(choose(boards, { ...ALL, text: "fac" })), ["0FAC"]);
  assert.deepEqual(devices(choose(boards, { ...ALL, text: "10.0" })), ["0FAE"]);
});

test("should count a clash as being stuck when only those are wanted", () => {
  const clash = { addresses: ["a", "b"], free: "0FAD" };
  const boards = [board("0FAC"), board("0FAE", { clash }), board("0FAF", { stuck: true })];
  assert.deepEqual(devices(choose(boards, { ...ALL, stuckOnly: true })), ["0FAF", "0FAE"]);
  const strangers = [
    { address: "a", why: null },
    { address: "b", why: "says nothing" },
  ];
  assert.deepEqual(chooseStrangers(strangers, { ...ALL, stuckOnly: true }), [strangers[1]]);
});

test("should leave the steps of TLS out for a board that never tried it", () => {
  const plain = stepsOf({ connected: "T", sent: "T" }, false);
  assert.deepEqual(
    plain.map((each) => each.name),
    ["connected", "sent", "legalWrite", "replyRead"],
  );
  assert.equal(stepsOf({ connected: "T", tls: "T" }, false).length, 7);
});

test("should not call it missing that a board verifies, since a server cannot see it", () => {
  const steps = stepsOf({ connected: "T", verified: null }, true);
  assert.deepEqual(
    steps.filter((each) => each.unknown).map((each) => each.name),
    ["verified"],
  );
  assert.ok(!stepsOf({ verified: "T" }, true).some((each) => each.unknown));
});
