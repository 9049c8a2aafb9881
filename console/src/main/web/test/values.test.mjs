import assert from "node:assert/strict";
import { test } from "node:test";
import { VALUE_MAX, formatValue, parseValue } from "../src/values/values";

for (const format of ["hex", "unsigned", "signed", "binary"]) {
  test(`should read back every value as ${format}`, () => {
    for (let value = 0; value <= VALUE_MAX; value++)
      assert.deepEqual(parseValue(formatValue(value, format), format), { value });
  });
}

test("should show two characters, and a dot for what has none", () => {
  assert.equal(formatValue(0x4142, "ascii"), "AB");
  assert.equal(formatValue(0x0041, "ascii"), "·A");
  assert.deepEqual(parseValue("AB", "ascii"), { value: 0x4142 });
});

test("should take prefixes in every number format", () => {
  for (const format of ["hex", "unsigned", "signed", "binary"])
    assert.deepEqual(parseValue("0x1F", format), { value: 0x1f });
  assert.deepEqual(parseValue("0b101", "unsigned"), { value: 5 });
  assert.deepEqual(parseValue("0b1", "hex"), { value: 0x0b1 });
});

test("should say what to type where nothing can be read", () => {
  const wrong = {
    hex: ["", "G", "12345", "0x"],
    unsigned: ["-1", "65536", "1.5", "F"],
    signed: ["32768", "-32769"],
    binary: ["2", "11111111111111111"],
    ascii: ["A", "ABC", "Aé"],
  };
  for (const [format, texts] of Object.entries(wrong)) {
    for (const text of texts) assert.match(parseValue(text, format).problem, /type/, `${format} ${text}`);
  }
});
