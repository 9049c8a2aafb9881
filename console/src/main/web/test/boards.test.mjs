import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, chooseAbsent, chooseStrangers } from "../src/boards/choice";
import { classRows, missingFirst, toMarkdown } from "../src/boards/standing";
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

function pupil(device, { name = null, states = {}, missing = {}, verifies = null, why = null } = {}) {
  return {
    device,
    name,
    address: "192.168.1.7",
    seen: "2026-11-25T18:30:00.000Z",
    stuck: why !== null,
    why,
    diagnosis: null,
    exercises: ["01", "02", "03", "04", "05", "06", "07"].map((exercise) => ({
      exercise,
      state: states[exercise] ?? "open",
      missing: missing[exercise] ?? null,
      done: null,
    })),
    done: 0,
    verifies,
    probing: null,
    probe: null,
  };
}

test("should put boards before others that have something missing, and find them by their names", () => {
  const boards = [board("0100"), board("0312"), board("0400", { stuck: true })];
  const atWork = pupil("0312", { name: "Table 3", states: { "02": "goingOn" }, missing: { "02": "send an illegal one" } });
  const devices = new Map([["0312", atWork]]);
  assert.deepEqual(
    choose(boards, ALL, devices).map((each) => each.device),
    ["0400", "0312", "0100"],
  );
  assert.deepEqual(
    choose(boards, { ...ALL, text: "table" }, devices).map((each) => each.device),
    ["0312"],
  );
  assert.equal(missingFirst(atWork), "02: send an illegal one");
  assert.equal(missingFirst(pupil("0100")), null);
});

test("should list those of the class that have not come", () => {
  const devices = new Map([pupil("0400"), pupil("0312"), pupil("0100", { name: "Table 1" })].map((each) => [each.device, each]));
  const absent = (choice) => chooseAbsent([board("0312")], devices, choice).map((each) => each.device);
  assert.deepEqual(absent(ALL), ["0100", "0400"]);
  assert.deepEqual(absent({ ...ALL, text: "table 1" }), ["0100"]);
  assert.deepEqual(absent({ ...ALL, stuckOnly: true }), []);
});

test("should export what a page shows, and let no name break a table", () => {
  const devices = [pupil("0312", { name: "a|b <i>\n[x](y)", states: { "01": "done" }, verifies: false, why: "stuck *here*" })];
  const [row] = classRows(devices);
  assert.equal(row["01"], "done");
  assert.equal(row["verifies"], "no");
  const [, , line] = toMarkdown(devices).split("\n");
  assert.ok(line.startsWith("| 0312 | a\\|b \\<i\\> \\[x\\]\\(y\\) | done | open |"), line);
  assert.ok(line.endsWith("| no | stuck: stuck \\*here\\* |"), line);
});
