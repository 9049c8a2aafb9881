import { splitBytes } from "../core/format";

interface Props {
  /** As the log shows them: an escape `\xNN` is one byte. */
  readonly shown: string;
  /** Index of the byte to mark; one past the last says that a byte is missing there. */
  readonly wrong?: number | undefined;
}

/** Bytes as they came, with the wrong one marked. */
export function Bytes({ shown, wrong }: Props) {
  const pieces = splitBytes(shown);
  if (wrong === undefined || wrong > pieces.length) return <code class="bytes">{shown}</code>;
  const at = pieces[wrong];
  return (
    <code class="bytes">
      {pieces.slice(0, wrong).join("")}
      <mark class={at === undefined ? "wrong missing" : "wrong"} title={at === undefined ? "a byte is missing here" : `byte ${wrong + 1}`}>
        {at ?? "·"}
      </mark>
      {pieces.slice(wrong + 1).join("")}
    </code>
  );
}
