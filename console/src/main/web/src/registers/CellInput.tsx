import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type ValueFormat, formatValue, parseValue } from "../values/values";

interface CellInputProps {
  readonly label: string;
  /** What is there; null where nothing is. */
  readonly value: number | null;
  readonly format: ValueFormat;
  onDone(): void;
  onWrite(value: number): void;
}

/** Takes a new value in the place of the old: Enter writes it, Esc and leaving do not. */
export function CellInput({ label, value, format, onDone, onWrite }: CellInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  useLayoutEffect(() => input.current?.select(), []);
  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Escape") onDone();
    else if (event.key === "Enter") {
      const typed = parseValue(input.current?.value ?? "", format);
      if (typed.problem !== undefined) return setWrong(typed.problem);
      onDone();
      if (typed.value !== value) onWrite(typed.value);
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
      value={value === null ? "" : formatValue(value, format)}
      onInput={() => setWrong(null)}
      onKeyDown={pressed}
      onBlur={onDone}
    />
  );
}
