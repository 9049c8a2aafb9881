import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { request, wordsOf } from "../core/api";
import { toast } from "../widgets/Toasts";

const NAME_MAX = 40;

interface Props {
  readonly device: string;
  readonly name: string | null;
  readonly editable: boolean;
  readonly changed: () => void;
}

/** A device's name; a click or Enter makes it a field for those who may change it, Enter takes it, Esc leaves it. */
export function NameField({ device, name, editable, changed }: Props) {
  const [editing, setEditing] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const typed = useRef(false);
  useLayoutEffect(() => {
    if (editing) root.current?.querySelector("input")?.select();
    else if (typed.current) root.current?.querySelector("button")?.focus();
    typed.current = editing;
  }, [editing]);
  if (!editable) return name ? <span class="board-name">{name}</span> : null;
  const take = async (text: string) => {
    setEditing(false);
    const next = text.trim();
    if (next === (name ?? "")) return;
    try {
      const path = `/class/devices/${device}/name`;
      await request(path, next ? { method: "PUT", body: { name: next } } : { method: "DELETE" });
      changed();
    } catch (failed) {
      toast(wordsOf(failed));
    }
  };
  return (
    <span class="board-name" ref={root}>
      {editing ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void take(event.currentTarget.querySelector("input")?.value ?? "");
          }}
        >
          <input
            class="input"
            aria-label={`Name of ${device}`}
            maxLength={NAME_MAX}
            spellcheck={false}
            defaultValue={name ?? ""}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.key === "Escape") setEditing(false);
            }}
            onBlur={() => setEditing(false)}
          />
        </form>
      ) : (
        <button type="button" class="quiet" aria-label={name ? `${name}, change the name` : `name it, ${device}`} onClick={() => setEditing(true)}>
          {name ?? <span class="muted">name it</span>}
        </button>
      )}
    </span>
  );
}
