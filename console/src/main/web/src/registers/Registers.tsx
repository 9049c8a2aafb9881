import { useKeys } from "../core/keys";
import { useRoute } from "../core/router";
import { nextFormat } from "../values/FormatChoice";
import { Empty } from "../widgets/Empty";
import { DeviceList } from "./DeviceList";
import { DeviceView } from "./DeviceView";
import "./registers.css";

/** The devices, and what is in their registers. */
export function Registers() {
  const { path } = useRoute();
  const device = /^registers\/([0-9a-f]{4})$/i.exec(path)?.[1]?.toUpperCase() ?? null;
  useKeys("Registers", [
    { keys: ["/"], does: "Find a device", run: () => document.querySelector<HTMLElement>("[data-search]")?.focus() },
    { keys: ["f"], does: "Next format of values", run: nextFormat },
  ]);
  return (
    <div class="registers" data-device={device ?? undefined}>
      <h1 class="hidden">Registers</h1>
      <DeviceList current={device} />
      {device ? <DeviceView key={device} device={device} /> : <NoDevice />}
    </div>
  );
}

function NoDevice() {
  return (
    <Empty title="Choose a device">
      <p>
        Each has 256 registers of 16 bits. A device is listed once something was written to it; any other ID can be
        typed.
      </p>
    </Empty>
  );
}
