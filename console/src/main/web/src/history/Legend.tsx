import { dateAndTime } from "../core/format";
import { type ValueFormat, formatValue } from "../values/values";
import { type RegisterKey, keyLabel } from "./registers";
import { type SeriesData, valueAt } from "./steps";

interface LegendProps {
  readonly keys: readonly RegisterKey[];
  readonly data: SeriesData | null;
  /** The moment whose values are told. */
  readonly time: number;
  readonly format: ValueFormat;
  onRemove(key: RegisterKey): void;
}

/** The registers of the chart with their colours, and what they held at a moment. */
export function Legend({ keys, data, time, format, onRemove }: LegendProps) {
  return (
    <div class="legend">
      <time class="legend-time mono" dateTime={new Date(time).toISOString()}>
        {dateAndTime(Math.round(time))}
      </time>
      <ul class="legend-list">
        {keys.map((key, i) => (
          <li key={key} class="legend-item">
            <span class={`swatch series-${i + 1}`} aria-hidden="true" />
            <span class="mono">{keyLabel(key)}</span>
            <code class="legend-value">{value(key, data, time, format)}</code>
            <button
              type="button"
              class="icon-button"
              aria-label={`Remove ${keyLabel(key)}`}
              onClick={() => onRemove(key)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function value(key: RegisterKey, data: SeriesData | null, time: number, format: ValueFormat): string {
  const series = data?.series.find((each) => each.device + each.register === key);
  if (!data || !series || time < data.fromMillis || time > data.toMillis) return "…";
  const held = valueAt(series, time);
  if (held !== null) return formatValue(held, format);
  return series.beforeKnown ? "unwritten" : "not known";
}
