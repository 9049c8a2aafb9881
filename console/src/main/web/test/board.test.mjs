import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../src/core/api";
import { illegal, judge, notSent, readOf, writeOf } from "../src/board/judge";
import { deviceIdOf, parseMac, randomMac } from "../src/board/mac";

test("should take a MAC address as people write it, and nothing else", () => {
  for (const written of ["00:A0:50:12:34:56", "00-a0-50-12-34-56", " 00a050123456 "]) {
    assert.equal(parseMac(written), "00:A0:50:12:34:56");
  }
  for (const wrong of ["", "00:A0:50:12:34", "00:A0:50:12:34:5G", "00:A0-50:12:34:56", "00:A0:50:12:34:56:78"]) {
    assert.equal(parseMac(wrong), null);
  }
});

test("should make the device ID of the sum of the octets", () => {
  assert.equal(deviceIdOf("00:A0:50:12:34:56"), "018C");
  assert.equal(deviceIdOf("FF:FF:FF:FF:FF:FF"), "05FA");
  assert.equal(deviceIdOf("00:00:00:00:00:00"), "0000");
});

test("should mark random addresses as given by hand and for one receiver", () => {
  for (let i = 0; i < 100; i++) {
    const first = parseInt(randomMac().slice(0, 2), 16);
    assert.equal(first & 3, 2);
  }
});

const reply = (text, more = {}) => ({ sent: "", bytes: 11, reply: text, millis: 1.5, ...more });
const silence = (more = {}) => reply("", { millis: null, ...more });

test("should take a write for stored only when the reply repeats it", () => {
  const write = writeOf("018C", true);
  assert.equal(write.bytes, "W018C050001");
  assert.equal(judge(write, reply("A018C050001"), false).fine, true);
  assert.equal(judge(write, reply("A018C050000"), false).fine, false);
  assert.equal(judge(write, reply("A018C0500010"), false).fine, false);
  assert.match(judge(write, reply("X", { code: "limited", sentence: "too many" }), false).words, /limited.*too many/);
});

test("should tell silence from a handshake that failed", () => {
  const write = writeOf("018C", false);
  assert.match(judge(write, silence(), false).words, /no reply within 500 ms/);
  assert.match(judge(write, silence({ code: "tls-failed", sentence: "alert 46" }), false).words, /handshake failed: alert 46/);
});

test("should want an X for an illegal packet, with any reason that fits", () => {
  const packet = illegal(false);
  assert.equal(judge(packet, reply("X", { code: "incomplete" }), false).fine, true);
  assert.equal(judge(packet, reply("X incomplete", {}), false).fine, true);
  assert.equal(judge(packet, reply("X", { code: "limited", sentence: "too many" }), false).fine, false);
  assert.equal(judge(packet, reply("A018C050001"), false).fine, false);
});

test("should compare what it reads back with its LED", () => {
  const read = readOf("018C", true);
  assert.match(judge(read, reply("A018C050001"), true).words, /as this board shows/);
  assert.match(judge(read, reply("A018C050000"), true).words, /holds 0000, LED off, and this board shows 0001, LED on/);
  assert.match(judge(read, reply("A018C05BEEF"), true).words, /holds BEEF/);
  assert.equal(judge(read, reply("A018C060001"), true).fine, false);
  assert.equal(judge(read, reply("X", { code: "not-written" }), false).fine, true);
  assert.equal(judge(read, reply("X", { code: "not-written" }), true).fine, false);
});

test("should see what the policy keeps back as an X, and say where nobody answers", () => {
  assert.deepEqual(notSent(new ApiError(403, "p.toml denies it", { code: "denied" })), { fine: false, words: "rejected (denied): p.toml denies it", reply: "X" });
  assert.match(notSent(new ApiError(401, "who are you?")).words, /log in/);
  assert.match(notSent(new ApiError(0, "the server does not answer")).words, /no connection: the server does not answer/);
  assert.match(notSent(new ApiError(429, "20 messages a second")).words, /not sent: 20 messages/);
});
