import { useEffect, useState } from "preact/hooks";
import { useKeys } from "../core/keys";
import { href, setQuery, useRoute } from "../core/router";
import { useStore } from "../core/store";
import { FormatChoice, valueFormat } from "../values/FormatChoice";
import { GridCard, focusGrid } from "./GridCard";
import { Panel } from "./Panel";
import { REGISTERS } from "./cells";
import { type ShownDevice, useDevice } from "./device";
import { useEditing } from "./editing";

/** The registers of one device, and more about the one that is open. */
export function DeviceView({ device }: { device: string }) {
  const { query } = useRoute();
  const open = /^[0-9a-f]{2}$/i.test(query["open"] ?? "") ? query["open"]!.toUpperCase() : null;
  const shown = useDevice(device);
  const editing = useEditing(device, shown, useStore(valueFormat));
  // Whether the panel was opened by a key, and takes those that follow.
  const [typing, setTyping] = useState(false);
  const setOpen = (register: string, byKey: boolean) => {
    setQuery({ open: register });
    setTyping(byKey);
  };
  const close = () => {
    setQuery({ open: undefined });
    focusGrid();
  };
  useKeys("Device", open === null ? [] : [{ keys: ["Escape"], does: "Close the register", run: close }]);
  // A clash is told in the panel.
  useEffect(() => {
    if (editing.conflict) setOpen(editing.conflict.register, false);
  }, [editing.conflict]);
  return (
    <>
      <section class="device" aria-label={`Device ${device}`}>
        <Head device={device} shown={shown} />
        <GridCard device={device} shown={shown} editing={editing} open={open} onOpen={setOpen} />
      </section>
      {open === null ? (
        <p class="panel-hint muted">Arrow keys move, Enter or a click tells more, F2 or a double click edits.</p>
      ) : (
        <Panel device={device} register={open} shown={shown} editing={editing} typing={typing} onClose={close} />
      )}
    </>
  );
}

function Head({ device, shown }: { device: string; shown: ShownDevice }) {
  const { cells, writable, why, problem } = shown;
  return (
    <>
      <header class="bar">
        <a class="devices-back" href={href("registers")}>
          ‹ Devices
        </a>
        <h2 class="mono">{device}</h2>
        <span class="muted">
          {cells.size} of {REGISTERS} registers written
        </span>
        {!writable && why && <span class="chip chip-warn chip-wrap">{why}</span>}
        <span class="bar-space" />
        <a class="button" href={href("live", { device })}>
          Live
        </a>
        <FormatChoice />
      </header>
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
