import { count, percent } from "../core/format";

/** How often each of several things happened, the most frequent first. */
export function Tally({
  title,
  counts,
  none,
}: {
  title: string;
  counts: Readonly<Record<string, number>>;
  none: string;
}) {
  const rows = Object.entries(counts)
    .filter(([, number]) => number > 0)
    .sort(([, a], [, b]) => b - a);
  const total = rows.reduce((sum, [, number]) => sum + number, 0);
  return (
    <section class="card part">
      <h2>{title}</h2>
      {rows.length === 0 && <p class="muted">{none}</p>}
      <dl class="tally">
        {rows.map(([name, number]) => (
          <div key={name}>
            <dt class="mono">{name}</dt>
            <dd class="number">
              {count(number)} <span class="muted">{percent(number, total)}</span>
            </dd>
            <span class="tally-bar" aria-hidden="true">
              <span style={{ width: `${(100 * number) / total}%` }} />
            </span>
          </div>
        ))}
      </dl>
    </section>
  );
}
