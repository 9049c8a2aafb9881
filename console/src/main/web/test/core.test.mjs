import assert from "node:assert/strict";
import { test } from "node:test";
import { toCsv, toJsonLines } from "../src/core/export";
import { addressOf, age, counted, doorWords, percent, rate, splitBytes } from "../src/core/format";

test("should take an escape for one byte", () => {
  assert.deepEqual(splitBytes("W0FAC0B1234\\x00").length, 12);
  assert.deepEqual(splitBytes("\\x5Cx41"), ["\\x5C", "x", "4", "1"]);
  assert.deepEqual(splitBytes("a…"), ["a", "…"]);
  assert.deepEqual(splitBytes(""), []);
});

test("should find the address of every kind of peer", () => {
  assert.equal(addressOf("192.168.1.7:51234"), "192.168.1.7");
  assert.equal(addressOf("[fd00::2]:51234"), "fd00::2");
});

test("should write ages in one unit", () => {
  const written = [0, 999, 59_999, 60_000, 3_599_999, 3_600_000, 47 * 3_600_000, 49 * 3_600_000].map(age);
  assert.deepEqual(written, ["now", "now", "59 s", "1 min", "59 min", "1 h", "47 h", "2 d"]);
});

test("should call nothing none or all that is only nearly so", () => {
  assert.deepEqual(
    [percent(0, 0), percent(0, 5), percent(1, 1_000), percent(999, 1_000), percent(5, 5)],
    ["0%", "0%", "1%", "99%", "100%"],
  );
});

test("should write numbers with as many digits as say something", () => {
  assert.deepEqual([0, 0.04, 2.46, 9.96, 12_345.6].map(rate), ["0", "<0.1", "2.5", "10", "12,346"]);
  assert.deepEqual([counted(1, "address", "addresses"), counted(2_000, "board")], ["1 address", "2,000 boards"]);
});

test("should name ports as people do", () => {
  assert.deepEqual(
    [doorWords("plain"), doorWords("tls"), doorWords("tls", "TLSv1.3"), doorWords("console")],
    ["plain", "TLS", "TLS 1.3", "console"],
  );
});

test("should write CSV that spreadsheets read and do not run", () => {
  const rows = [
    { a: 'say "A", then', b: "=1+1" },
    { a: -5, b: undefined },
    { a: "two\nlines", b: "-x" },
  ];
  assert.equal(toCsv(["a", "b"], rows), `a,b\r\n"say ""A"", then",'=1+1\r\n-5,\r\n"two\nlines",'-x\r\n`);
  assert.equal(toJsonLines([{ a: 1 }, { b: 2 }]), '{"a":1}\n{"b":2}\n');
});
