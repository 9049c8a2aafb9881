import { count } from "../core/format";
import { Table } from "../widgets/Table";
import type { Limit } from "./figures";

/** The limits in force, and how often each was hit. */
export function Limits({ limits }: { limits: readonly Limit[] }) {
  return (
    <section class="part-wide limits">
      <h2>Limits</h2>
      <Table
        caption="Limits in force"
        columns={[
          { title: "Limit", cell: (each) => <span class="mono">{each.name}</span> },
          {
            title: "In force",
            number: true,
            cell: (each) => (each.value === null ? <span class="muted">off</span> : count(each.value)),
          },
          { title: "Hit", number: true, cell: (each) => hits(each) },
        ]}
        rows={limits}
        rowKey={(each) => each.name}
      />
    </section>
  );
}

function hits({ hits: number }: Limit) {
  if (number === null) return <span class="muted">–</span>;
  return number > 0 ? <span class="chip chip-warn">{count(number)} times</span> : "never";
}
