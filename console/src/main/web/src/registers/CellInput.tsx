import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type ValueFormat, formatValue, parseValue } from "../values/values";

interface CellInputProps {
  readonly label: string;
  /** What is there; null where nothing is. */
  readonly value: number | null;
  readonly format: ValueFormat;
  onDone(): void;
  /** `before` is what was there when the typing began, and was seen. */
  onWrite(value: number, before: number | null): void;
}

/** Takes a new value in the place of the old: Enter writes it, Esc and leaving do not. */
export function CellInput({ label, value, format, onDone, onWrite }: CellInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  // What a board writes meanwhile neither replaces what was typed, nor is it seen.
  const [before] = useState(value);
  useLayoutEffect(() => input.current?.select(), []);
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Escape") onDone();
    else if (event.key === "Enter") {
      const typed = parseValue(input.current?.value ?? "", format);
      if (typed.problem !== undefined) return setWrong(typed.problem);
      onDone();
      if (typed.value !== before) onWrite(typed.value, before);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      ref={input}
      class="cell-input mono"
      aria-label={label}
      aria-invalid={wrong !== null}
      title={wrong ?? undefined}
      spellcheck={false}
      autocomplete="off"
      maxLength={24}
      defaultValue={before === null ? "" : formatValue(before, format)}
      onInput={() => setWrong(null)}
      onKeyDown={pressed}
      onBlur={onDone}
    />
  );
}
