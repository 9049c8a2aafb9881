import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { addressOf } from "../core/format";
import { setQuery } from "../core/router";
import type { WwepEvent } from "../core/types";
import type { LiveFeed } from "./feed";

/** The line that keys are about: the one that has the focus. */
export interface Selection {
  /** The line that had the focus last; null before any had. */
  readonly id: number | null;
  readonly onFocus: (event: FocusEvent) => void;
  readonly event: () => WwepEvent | undefined;
  readonly move: (step: 1 | -1) => void;
  readonly filterBy: (name: "device" | "peer" | "code") => void;
}

function lineOf(element: EventTarget | null): HTMLElement | null {
  return element instanceof Element ? element.closest<HTMLElement>("[data-id]") : null;
}

/** `onSelect` is to hold the lines still: what somebody looks at must not run away. */
export function useSelection(feed: LiveFeed, root: RefObject<HTMLElement | null>, onSelect: () => void): Selection {
  const [id, setId] = useState<number | null>(null);

  const onFocus = ({ target }: FocusEvent) => {
    const line = lineOf(target);
    if (!line) return;
    onSelect();
    setId(Number(line.dataset["id"]));
  };

  const event = () => {
    const focused = Number(lineOf(document.activeElement)?.dataset["id"]);
    return feed.rows().find((each) => each.id === focused);
  };

  const move = (step: 1 | -1) => {
    const lines = [...(root.current?.querySelectorAll<HTMLElement>("[data-id]") ?? [])];
    const at = lines.findIndex((each) => each.contains(document.activeElement));
    const target = lines[Math.max(0, at + step)];
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "nearest" });
  };

  const filterBy = (name: "device" | "peer" | "code") => {
    const found = event();
    const value = found && name in found ? String(found[name as keyof WwepEvent] ?? "") : "";
    if (value) setQuery({ [name]: name === "peer" ? addressOf(value) : value });
  };

  return { id, onFocus, event, move, filterBy };
}
