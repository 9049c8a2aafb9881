import { createStore, useStore } from "../core/store";
import { recall, remember } from "../core/stored";
import { VALUE_FORMATS, type ValueFormat, isValueFormat } from "./values";

const remembered = recall("values");

/** The format of values in all views; this browser remembers it. */
export const valueFormat = createStore<ValueFormat>(isValueFormat(remembered) ? remembered : "hex");

valueFormat.subscribe(() => remember("values", valueFormat.get()));

/** Goes on to the next format. */
export function nextFormat(): void {
  const at = VALUE_FORMATS.findIndex((each) => each.format === valueFormat.get());
  valueFormat.set(VALUE_FORMATS[(at + 1) % VALUE_FORMATS.length]!.format);
}

/** Chooses how values are shown. */
export function FormatChoice() {
  const current = useStore(valueFormat);
  return (
    <label class="choice" title="How values are shown (f)">
      <span class="hidden">Values as</span>
      <select
        class="select"
        value={current}
        onChange={(event) => valueFormat.set(event.currentTarget.value as ValueFormat)}
      >
        {VALUE_FORMATS.map(({ format, label }) => (
          <option key={format} value={format}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
