import type { WwepEvent } from "../core/types";
import { Row } from "./Row";

const HEADINGS = [
  ["time", "Time"],
  ["device", "Device"],
  ["peer", "Peer"],
  ["door", "Port"],
  ["bytes", "Bytes sent"],
  ["reply", "Reply"],
  ["why", "Why an X"],
] as const;

/** The lines, newest first. */
export function List({ events, selected }: { events: readonly WwepEvent[]; selected: number | null }) {
  const focusable = selected ?? events[0]?.id;
  return (
    <div class="list card" role="table" aria-label="Messages, newest first">
      <div class="row row-head" role="row">
        {HEADINGS.map(([name, title]) => (
          <span key={name} class={`cell-${name}`} role="columnheader">
            {title}
          </span>
        ))}
        <span class="cell-end" role="columnheader">
          <span class="hidden">Copy</span>
        </span>
      </div>
      {events.map((each) => (
        <Row key={each.id} event={each} selected={each.id === focusable} />
      ))}
    </div>
  );
}
