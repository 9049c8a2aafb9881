import { Empty } from "../widgets/Empty";

/** What stands where a past would be. */
export function NoHistory() {
  return (
    <Empty title="This server keeps no history">
      <p>Its registers are in memory alone. Start it with a data directory, and it remembers every write.</p>
    </Empty>
  );
}
