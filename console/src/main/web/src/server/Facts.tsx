import { serverNow } from "../core/connection";
import { age, count, counted, dateAndTime } from "../core/format";
import type { ServerFigures } from "./figures";
import { bytes } from "./units";

// The file is named by its content, so only the page knows its name.
const licencesUrl = document.querySelector<HTMLLinkElement>("link[rel=license]")?.href ?? "";

/** What the server is, and where it is reached. */
export function ServerPart({ figures }: { figures: ServerFigures }) {
  const { version, since, engine, ports, addresses, connections, counters } = figures;
  return (
    <section class="card part">
      <h2>Server</h2>
      <dl class="facts">
        <dt>Version</dt>
        <dd>
          wwep {version} (<a href={licencesUrl}>licences</a> of what this page is made of)
        </dd>
        <dt>Runs for</dt>
        <dd title={dateAndTime(since)}>{age(serverNow() - Date.parse(since))}</dd>
        <dt>Plain port</dt>
        <dd>{ports.plain ?? "not served"}</dd>
        <dt>TLS port</dt>
        <dd>{ports.tls ?? "not served"}</dd>
        <dt>Addresses</dt>
        <dd>{addresses.join(", ")}</dd>
        <dt>Engine</dt>
        <dd>{engine}</dd>
        <dt>Connections</dt>
        <dd>
          {count(connections.open)} of {count(connections.max)} open, {count(connections.accepted)} so far
        </dd>
        <dt>Messages</dt>
        <dd>
          {count(counters.requests)} so far: {counted(counters.writes, "write")}, {counted(counters.reads, "read")}
        </dd>
      </dl>
    </section>
  );
}

/** What is kept, and whether it is safe. */
export function StorePart({ figures: { store, commit } }: { figures: ServerFigures }) {
  return (
    <section class="card part">
      <h2>Store</h2>
      <p>
        {store.durable ? <span class="chip chip-good">takes writes</span> : <span class="chip chip-bad">takes no writes</span>}{" "}
        {store.description}
      </p>
      {store.failure && <p class="error">{store.failure}</p>}
      <dl class="facts">
        <dt>Registers</dt>
        <dd>
          {count(store.registers)} of {counted(store.devices, "device")}
        </dd>
        <dt>History</dt>
        <dd>{counted(store.historyWrites, "write")}</dd>
        <dt>Database</dt>
        <dd>{bytes(store.fileBytes)}</dd>
        <dt>Its log</dt>
        <dd>{bytes(store.logBytes)}</dd>
        <dt>Commits</dt>
        <dd>{count(commit.count)} since the start</dd>
      </dl>
    </section>
  );
}
