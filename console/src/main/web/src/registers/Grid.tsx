import { useLayoutEffect, useRef } from "preact/hooks";
import { type ValueFormat, formatValue } from "../values/values";
import { type Cell, type Cells, REGISTERS, moved, registerHex } from "./cells";
import { CellInput } from "./CellInput";
import { registerLabel } from "./names";

interface GridProps {
  readonly device: string;
  readonly cells: Cells;
  readonly format: ValueFormat;
  readonly columns: number;
  /** Where the keyboard is, 0 to 255. */
  readonly cursor: number;
  /** The register that the panel shows. */
  readonly open: string | null;
  /** The one that is being typed into. */
  readonly edited: number | null;
  onCursor(register: number): void;
  onHover(register: number | null): void;
  onOpen(register: number, byKey: boolean): void;
  onEdit(register: number | null): void;
  onWrite(register: number, value: number, before: number | null): void;
}

/** All 256 registers of a device: arrow keys move, Enter tells more, F2 edits. */
export function Grid(props: GridProps) {
  const { device, columns, cursor } = props;
  const table = useRef<HTMLTableElement>(null);
  const focused = useRef(false);
  const edited = useRef(false);
  useLayoutEffect(() => {
    const lost = edited.current && document.activeElement === document.body;
    if ((focused.current || lost) && props.edited === null)
      table.current?.querySelector<HTMLElement>("td[tabindex='0']")?.focus();
    // What was typed into is gone, and the keyboard with it.
    edited.current = props.edited !== null;
  }, [cursor, props.edited]);
  const starts = Array.from({ length: REGISTERS / columns }, (_, i) => i * columns);
  return (
    <table
      ref={table}
      class={`grid grid-${props.format}`}
      role="grid"
      aria-label={`Registers of ${device}`}
      onFocusIn={() => (focused.current = true)}
      onFocusOut={(event) => (focused.current = table.current?.contains(event.relatedTarget as Node) ?? false)}
      onKeyDown={(event) => pressed(event, props)}
      onPointerLeave={() => props.onHover(null)}
    >
      <thead>
        <tr>
          <td />
          {Array.from({ length: columns }, (_, i) => (
            <th key={i} scope="col">
              {i.toString(16).toUpperCase()}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {starts.map((start) => (
          <tr key={start}>
            <th scope="row">{registerHex(start)}</th>
            {Array.from({ length: columns }, (_, i) => (
              <GridCell key={i} {...props} register={start + i} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function pressed(event: KeyboardEvent, props: GridProps): void {
  if (props.edited !== null || event.metaKey || event.altKey) return;
  const next = moved(props.cursor, event.key, props.columns, event.ctrlKey);
  if (next !== null) props.onCursor(next);
  else if (event.key === "Enter" || event.key === " ") props.onOpen(props.cursor, true);
  else if (event.key === "F2") props.onEdit(props.cursor);
  else return;
  event.preventDefault();
}

function GridCell(props: GridProps & { readonly register: number }) {
  const { register, cells, format, cursor, open, edited } = props;
  const name = registerHex(register);
  const cell = cells.get(name);
  return (
    <td
      role="gridcell"
      class={cell ? "written" : undefined}
      tabIndex={register === cursor ? 0 : -1}
      aria-selected={name === open}
      aria-label={label(name, cell, format)}
      onFocus={() => props.onCursor(register)}
      onPointerEnter={() => props.onHover(register)}
      onClick={() => edited === register || props.onOpen(register, false)}
      onDblClick={() => props.onEdit(register)}
    >
      {edited === register ? (
        <CellInput
          label={`New value of register ${registerLabel(name)}`}
          value={cell?.value ?? null}
          format={format}
          onDone={() => props.onEdit(null)}
          onWrite={(value, before) => props.onWrite(register, value, before)}
        />
      ) : (
        // Another key makes another element, which flashes anew.
        <span key={cell?.changes} class={cell && cell.changes > 0 ? "flash" : undefined}>
          {cell ? formatValue(cell.value, format) : "·"}
        </span>
      )}
    </td>
  );
}

function label(name: string, cell: Cell | undefined, format: ValueFormat): string {
  return `${registerLabel(name)}: ${cell ? formatValue(cell.value, format) : "unwritten"}`;
}
