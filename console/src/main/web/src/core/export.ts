/** A cell of a CSV record, by RFC 4180; one that a spreadsheet would take for a formula is made text. */
function cell(value: unknown): string {
  const text = value === undefined || value === null ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Records of the named members as CSV, with a header. */
export function toCsv(columns: readonly string[], rows: readonly object[]): string {
  const lines = rows.map((row) => columns.map((each) => cell((row as Record<string, unknown>)[each])).join(","));
  return [columns.join(","), ...lines, ""].join("\r\n");
}

/** One JSON object a line. */
export function toJsonLines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}
