import { useEffect } from "preact/hooks";
import { count } from "../core/format";
import { useStore } from "../core/store";
import { Certificates } from "./Certificates";
import { ServerPart, StorePart } from "./Facts";
import { Limits } from "./Limits";
import { type Line, SampleChart } from "./SampleChart";
import { Tally } from "./Tally";
import type { ServerFigures } from "./figures";
import { figures, problem, samples, startSampling } from "./sampler";
import "./server.css";
import { bytesPerSecond, duration, perSecond } from "./units";

const MESSAGES: readonly Line[] = [
  { title: "A", figure: "accepted" },
  { title: "X", figure: "rejected" },
];
const CONNECTIONS: readonly Line[] = [{ title: "open", figure: "open" }];
const BYTES: readonly Line[] = [
  { title: "in", figure: "bytesIn" },
  { title: "out", figure: "bytesOut" },
];
const LATENCY: readonly Line[] = [
  { title: "p50", figure: "latency50" },
  { title: "p99", figure: "latency99" },
];
const COMMITS: readonly Line[] = [
  { title: "p50", figure: "commit50" },
  { title: "p99", figure: "commit99" },
];

/** How the server fares: its last ten minutes, what it keeps, what it shows to boards, and its limits. */
export function Server() {
  useEffect(startSampling, []);
  const shown = useStore(figures);
  const failed = useStore(problem);
  return (
    <div class="server">
      <h1 class="hidden">Server</h1>
      {failed && (
        <p class="error part-wide" role="alert">
          {failed}
        </p>
      )}
      {shown?.warnings.map((each) => (
        <p key={each} class="warning part-wide">
          {each}
        </p>
      ))}
      <Charts />
      {shown && <Parts figures={shown} />}
    </div>
  );
}

function Charts() {
  const taken = useStore(samples);
  return (
    <>
      <SampleChart title="Messages" lines={MESSAGES} samples={taken} words={perSecond} />
      <SampleChart title="Answer time" lines={LATENCY} samples={taken} words={duration} />
      <SampleChart title="Commit time" lines={COMMITS} samples={taken} words={duration} />
      <SampleChart title="Connections" lines={CONNECTIONS} samples={taken} whole words={count} />
      <SampleChart title="Bytes" lines={BYTES} samples={taken} words={bytesPerSecond} />
    </>
  );
}

function Parts({ figures: shown }: { figures: ServerFigures }) {
  return (
    <>
      <ServerPart figures={shown} />
      <StorePart figures={shown} />
      <Tally title="Answered X" counts={shown.counters.rejected} none="No message was answered X." />
      <Tally
        title={`TLS versions (profile ${shown.tls.profile})`}
        counts={shown.tls.versions}
        none="No handshake was made yet."
      />
      <Tally title="TLS suites" counts={shown.tls.suites} none="No handshake was made yet." />
      <Tally title="TLS handshakes that failed" counts={shown.tls.failures} none="None failed." />
      <Certificates certificates={shown.certificates} />
      <Limits limits={shown.limits} />
    </>
  );
}
