// Keys that work everywhere on the page, and the list of them that `?` shows.
import { useEffect, useRef } from "preact/hooks";
import { createStore } from "./store";
import { recall, remember } from "./stored";

export interface KeyBinding {
  /** As in `KeyboardEvent.key`; several keys may do the same. */
  readonly keys: readonly string[];
  /** What it does, for the list. */
  readonly does: string;
  readonly run: () => void;
  /** A key that is held does it once, where this is true. */
  readonly once?: boolean;
}

export interface KeyGroup {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
}

/** Those that work now, the page's own first. */
export const keyGroups = createStore<readonly KeyGroup[]>([]);

/** Whether single letters do something: speech input and shaky hands are better off without. */
export const lettersOn = createStore(recall("letters") !== "off");

lettersOn.subscribe(() => remember("letters", lettersOn.get() ? "on" : "off"));

/** Keys work while the component is shown; later ones go before earlier ones. */
export function useKeys(title: string, bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    const group: KeyGroup = {
      title,
      get bindings() {
        return latest.current;
      },
    };
    keyGroups.set([...keyGroups.get(), group]);
    return () => keyGroups.set(keyGroups.get().filter((each) => each !== group));
  }, [title]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches("input:not([type=range], [type=checkbox]), textarea, select") || target.isContentEditable);
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key.length === 1 && event.key !== "?" && !lettersOn.get()) return;
  for (const group of [...keyGroups.get()].reverse()) {
    const found = group.bindings.find((each) => each.keys.includes(event.key));
    if (found) {
      event.preventDefault();
      if (!(found.once && event.repeat)) found.run();
      return;
    }
  }
}

document.addEventListener("keydown", pressed);
