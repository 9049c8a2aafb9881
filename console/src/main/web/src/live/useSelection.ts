import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { addressOf } from "../core/format";
import { setQuery } from "../core/router";
import type { WwepEvent } from "../core/types";
import type { LiveFeed } from "./feed";

/** The line that keys are about. */
export interface Selection {
  readonly id: number | null;
  readonly event: WwepEvent | undefined;
  readonly move: (step: 1 | -1) => void;
  readonly clear: () => void;
  readonly filterBy: (name: "device" | "peer" | "code") => void;
}

/** `onSelect` is to hold the lines still: what is selected must not run away. */
export function useSelection(feed: LiveFeed, root: RefObject<HTMLElement | null>, onSelect: () => void): Selection {
  const [id, setId] = useState<number | null>(null);
  const event = id === null ? undefined : feed.rows().find((each) => each.id === id);

  const move = (step: 1 | -1) => {
    onSelect();
    const lines = [...(root.current?.querySelectorAll<HTMLElement>("[data-id]") ?? [])];
    const at = lines.findIndex((each) => each.dataset["id"] === String(id));
    const target = lines[Math.max(0, at + step)];
    if (!target) return;
    setId(Number(target.dataset["id"]));
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  };

  const clear = () => {
    setId(null);
    (document.activeElement as HTMLElement | null)?.blur();
    if (scrollY === 0) feed.resume();
    else scrollTo({ top: 0 });
  };

  const filterBy = (name: "device" | "peer" | "code") => {
    const value = event && name in event ? String(event[name as keyof WwepEvent]) : "";
    if (value) setQuery({ [name]: name === "peer" ? addressOf(value) : value });
  };

  return { id, event, move, clear, filterBy };
}
