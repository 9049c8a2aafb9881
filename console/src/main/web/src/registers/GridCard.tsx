import { useRef, useState } from "preact/hooks";
import { useWidth } from "../chart/size";
import { useStore } from "../core/store";
import { valueFormat } from "../values/FormatChoice";
import { Grid } from "./Grid";
import { Inspector } from "./Inspector";
import { registerHex } from "./cells";
import type { ShownDevice } from "./device";
import type { Editing } from "./editing";

const COLUMNS = 16;
const COLUMNS_NARROW = 8;
/** Below this width, in CSS pixels, sixteen values are no longer readable beside each other. */
const NARROW = 720;

interface GridCardProps {
  readonly device: string;
  readonly shown: ShownDevice;
  readonly editing: Editing;
  /** The register that the panel shows. */
  readonly open: string | null;
  onOpen(register: string, byKey: boolean): void;
}

/** The grid of a device, with a line about the register below the pointer or the keyboard. */
export function GridCard({ device, shown, editing, open, onOpen }: GridCardProps) {
  const format = useStore(valueFormat);
  const [cursor, setCursor] = useState(parseInt(open ?? "0", 16));
  const [hovered, setHovered] = useState<number | null>(null);
  const [edited, setEdited] = useState<number | null>(null);
  const card = useRef<HTMLDivElement>(null);
  const inspected = registerHex(hovered ?? cursor);
  return (
    <div class="card grid-card" ref={card}>
      <Grid
        device={device}
        cells={shown.cells}
        format={format}
        columns={useWidth(card) < NARROW ? COLUMNS_NARROW : COLUMNS}
        cursor={cursor}
        open={open}
        edited={edited}
        onCursor={(register) => {
          setCursor(register);
          // A mouse that rests does not hide where the keyboard goes.
          setHovered(null);
        }}
        onHover={setHovered}
        onOpen={(register, byKey) => onOpen(registerHex(register), byKey)}
        onEdit={setEdited}
        onWrite={(register, value, before) => void editing.write(registerHex(register), value, before)}
      />
      <Inspector register={inspected} cell={shown.cells.get(inspected)} />
    </div>
  );
}

/** Gives the keyboard back to the grid, where it was. */
export function focusGrid(): void {
  document.querySelector<HTMLElement>(".grid td[tabindex='0']")?.focus();
}
