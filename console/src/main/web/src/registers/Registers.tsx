import { useEffect, useRef, useState } from "preact/hooks";
import { useWidth } from "../chart/size";
import { useKeys } from "../core/keys";
import { href, setQuery, useRoute } from "../core/router";
import { useStore } from "../core/store";
import { FormatChoice, nextFormat, valueFormat } from "../values/FormatChoice";
import { Empty } from "../widgets/Empty";
import { DeviceList } from "./DeviceList";
import { Grid } from "./Grid";
import { Inspector } from "./Inspector";
import { Panel } from "./Panel";
import { registerHex } from "./cells";
import { useDevice } from "./device";
import { useEditing } from "./editing";
import "./registers.css";

const COLUMNS = 16;
const COLUMNS_NARROW = 8;
/** Below this width, in CSS pixels, sixteen values are no longer readable beside each other. */
const NARROW = 720;

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

function DeviceView({ device }: { device: string }) {
  const { query } = useRoute();
  const open = /^[0-9a-f]{2}$/i.test(query["open"] ?? "") ? query["open"]!.toUpperCase() : null;
  const format = useStore(valueFormat);
  const shown = useDevice(device);
  const editing = useEditing(device, shown, format);
  const [cursor, setCursor] = useState(parseInt(open ?? "0", 16));
  const [hovered, setHovered] = useState<number | null>(null);
  const [edited, setEdited] = useState<number | null>(null);
  const card = useRef<HTMLDivElement>(null);
  const width = useWidth(card);
  // Whether the panel was opened by a key, and takes those that follow.
  const [typing, setTyping] = useState(false);
  const setOpen = (register: string | undefined, byKey = false) => {
    setQuery({ open: register });
    setTyping(byKey);
  };
  const close = () => {
    setOpen(undefined);
    card.current?.querySelector<HTMLElement>("td[tabindex='0']")?.focus();
  };
  // A clash is told in the panel.
  useEffect(() => {
    if (editing.conflict) setOpen(editing.conflict.register);
  }, [editing.conflict]);
  const inspected = registerHex(hovered ?? cursor);
  return (
    <>
      <section class="device" aria-label={`Device ${device}`}>
        <header class="bar">
          <a class="devices-back" href={href("registers")}>
            ‹ Devices
          </a>
          <h2 class="mono">{device}</h2>
          <span class="muted">{shown.cells.size} of 256 registers written</span>
          {!shown.writable && shown.why && <span class="chip chip-warn chip-wrap">{shown.why}</span>}
          <span class="bar-space" />
          <a class="button" href={href("live", { device })}>
            Live
          </a>
          <FormatChoice />
        </header>
        {shown.problem && (
          <p class="error" role="alert">
            {shown.problem}
          </p>
        )}
        <div class="card grid-card" ref={card}>
          <Grid
            device={device}
            cells={shown.cells}
            format={format}
            columns={width < NARROW ? COLUMNS_NARROW : COLUMNS}
            cursor={cursor}
            open={open}
            edited={edited}
            onCursor={setCursor}
            onHover={setHovered}
            onOpen={(register, byKey) => setOpen(registerHex(register), byKey)}
            onEdit={setEdited}
            onWrite={(register, value) => void editing.write(registerHex(register), value)}
          />
          <Inspector register={inspected} cell={shown.cells.get(inspected)} />
        </div>
      </section>
      {open === null && (
        <p class="panel-hint muted">Arrow keys move, Enter or a click tells more, F2 or a double click edits.</p>
      )}
      {open !== null && (
        <Panel
          device={device}
          register={open}
          cell={shown.cells.get(open)}
          format={format}
          writable={shown.writable}
          why={shown.why}
          editing={editing}
          typing={typing}
          onClose={close}
        />
      )}
    </>
  );
}
