import { dateAndTime } from "../core/format";
import type { ClassDevice, Exercise } from "../core/types";

export const EXERCISE_WORDS: Readonly<Record<string, string>> = {
  "01": "toggles an LED and sends its state",
  "02": "reads the replies, A and X",
  "03": "talks over TLS",
  "04": "is a plain server",
  "05": "is a TLS server",
  "06": "sends plain and TLS messages",
  "07": "is a server of both kinds",
};

/** What there is to say of an exercise. */
export function wordsOfExercise({ exercise, state, missing, done }: Exercise): string {
  const what = `Exercise ${exercise}, ${EXERCISE_WORDS[exercise] ?? ""}`;
  if (state === "done") return `${what}: done${done ? `, ${dateAndTime(done)}` : ""}`;
  return state === "goingOn" ? `${what}: going on, ${missing ?? ""}` : `${what}: open`;
}

/** What is missing first; null where nothing is going on. */
export function missingFirst(device: ClassDevice): string | null {
  const next = device.exercises.find((each) => each.missing);
  return next ? `${next.exercise}: ${next.missing}` : null;
}

/** A device as rows of a table have it. */
function row(device: ClassDevice): Record<string, string> {
  const cells: Record<string, string> = {
    device: device.device,
    name: device.name ?? "",
    address: device.address ?? "",
    seen: device.seen ?? "",
    stuck: device.stuck ? "yes" : "no",
  };
  for (const { exercise, state } of device.exercises) cells[exercise] = state === "goingOn" ? "going on" : state;
  cells["done"] = String(device.done);
  cells["verifies"] = device.verifies === null ? "unknown" : device.verifies ? "yes" : "no";
  cells["next"] = [device.why, ...device.exercises.map((each) => each.missing && `${each.exercise}: ${each.missing}`)]
    .filter(Boolean)
    .join(" ");
  cells["diagnosis"] = device.diagnosis?.sentence ?? "";
  return cells;
}

const NUMBERS = Object.keys(EXERCISE_WORDS).sort();

/** Columns of an export, as `wwep class --csv` has them. */
export const CLASS_COLUMNS: readonly string[] = [
  ...["device", "name", "address", "seen", "stuck"],
  ...NUMBERS,
  ...["done", "verifies", "next", "diagnosis"],
];

export function classRows(devices: readonly ClassDevice[]): Record<string, string>[] {
  return devices.map(row);
}

/** Nothing in a cell ends it, is a link, a picture or HTML. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#|!~&]/g, "\\$&").replace(/[\r\n]+/g, " ");
}

/** A table of Markdown, as `wwep class --markdown` has it. */
export function toMarkdown(devices: readonly ClassDevice[]): string {
  const columns = ["device", "name", ...NUMBERS, "verifies", "next"];
  const lines = classRows(devices).map((cells) => {
    const stuck = cells["stuck"] === "yes" ? { ...cells, next: `stuck: ${cells["next"]}` } : cells;
    return `| ${columns.map((each) => escaped(stuck[each as keyof typeof stuck] ?? "")).join(" | ")} |`;
  });
  return [`| ${columns.join(" | ")} |`, `|${"---|".repeat(columns.length)}`, ...lines, ""].join("\n");
}
