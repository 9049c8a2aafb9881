import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useWidth } from "../chart/size";
import { setQuery, useRoute } from "../core/router";
import { useStore } from "../core/store";
import { FormatChoice, valueFormat } from "../values/FormatChoice";
import { Empty } from "../widgets/Empty";
import { HistoryChart } from "./HistoryChart";
import { Legend } from "./Legend";
import { NoHistory } from "./NoHistory";
import { RegisterForm } from "./RegisterForm";
import { Toolbar } from "./Toolbar";
import { WriteTable } from "./WriteTable";
import "./history.css";
import { historySpan } from "./past";
import { type RegisterKey, keyLabel, keysFrom } from "./registers";
import { useSeries } from "./series";
import { spanOf } from "./span";
import { Steering, useSteeringKeys } from "./steering";
import { useNow, useWindow } from "./window";

const HEIGHT = 340;
const HEIGHT_NARROW = 250;
const NARROW = 600;

/** What was last on the chart, for who comes back by the tab, whose link names no registers. */
let lastShown: string | undefined;

/** Registers over time: a chart, and who wrote what. */
export function History() {
  const { query } = useRoute();
  const keys = useMemo(() => keysFrom(query["r"]), [query["r"]]);
  useEffect(() => {
    if (!query["r"] && lastShown) setQuery({ r: lastShown });
    else lastShown = query["r"];
  }, [query["r"]]);
  const [window, setWindow] = useWindow();
  const steering = new Steering(window, setWindow);
  const setKeys = (next: readonly RegisterKey[]) => {
    lastShown = next.join();
    setQuery({ r: lastShown });
  };
  useSteeringKeys(steering);
  if (!useHistoryKept()) return <NoHistory />;
  return (
    <div class="history">
      <div class="bar">
        <h1 class="hidden">History</h1>
        <RegisterForm keys={keys} onAdd={(key) => keys.includes(key) || setKeys([...keys, key])} />
        <span class="bar-space" />
        <Toolbar steering={steering} />
        <FormatChoice />
      </div>
      {keys.length > 0 && (
        <Past keys={keys} steering={steering} onRemove={(key) => setKeys(keys.filter((each) => each !== key))} />
      )}
      {keys.length === 0 && <NothingChosen />}
    </div>
  );
}

/** True until the server says that it keeps none. */
function useHistoryKept(): boolean {
  const [kept, setKept] = useState(true);
  useEffect(() => {
    const end = new AbortController();
    // Where this cannot be asked, the chart's own question tells why.
    historySpan(end.signal).then(
      (span) => setKept(span.kept),
      () => {},
    );
    return () => end.abort();
  }, []);
  return kept;
}

function NothingChosen() {
  return (
    <Empty title="Which registers?">
      <p>
        Type a device and a register above, such as 0FAC 05, and see how its value went. Several can share the chart.
      </p>
      <p>In the view Registers, each register has a link that leads here.</p>
    </Empty>
  );
}

interface PastProps {
  readonly keys: readonly RegisterKey[];
  readonly steering: Steering;
  onRemove(key: RegisterKey): void;
}

function Past({ keys, steering, onRemove }: PastProps) {
  const { window } = steering;
  const format = useStore(valueFormat);
  const [cursor, setCursor] = useState<number | null>(null);
  const card = useRef<HTMLDivElement>(null);
  const width = useWidth(card);
  const now = useNow(window);
  const span = spanOf(window, now);
  const { data, problem, version } = useSeries(keys, span, window.live, width);
  return (
    <>
      <div class="card chart-card" ref={card}>
        <Legend keys={keys} data={data} time={cursor ?? Math.min(now, span.to)} format={format} onRemove={onRemove} />
        {problem && (
          <p class="error note" role="alert">
            {problem}
          </p>
        )}
        <HistoryChart
          data={data}
          span={span}
          format={format}
          height={width < NARROW ? HEIGHT_NARROW : HEIGHT}
          label={`Values of ${keys.map(keyLabel).join(", ")} over time; the table below tells the same in words`}
          onSelect={(from, to) => steering.select(from, to)}
          onZoom={(factor, part) => steering.zoom(factor, part)}
          onPan={(part) => steering.pan(part)}
          onCursor={setCursor}
        />
        <p class="hint muted">
          Drag to zoom in; wheel or pinch zooms, Shift and wheel or a finger moves; + − ← → do both.
        </p>
      </div>
      <WriteTable keys={keys} window={window} format={format} version={version} />
    </>
  );
}
