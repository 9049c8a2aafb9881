import { Component } from "preact";
import { addressOf, dateAndTime, doorWords, timeOfDay } from "../core/format";
import { setQuery } from "../core/router";
import type { Transaction, WwepEvent } from "../core/types";
import { Bytes } from "../widgets/Bytes";
import { CopyButton } from "../widgets/CopyButton";
import { Icon } from "../widgets/Icon";
import { lineOf } from "./lines";

interface Props {
  readonly event: WwepEvent;
  /** Has the focus, or would get it. */
  readonly selected: boolean;
}

interface State {
  readonly pointed?: boolean;
}

/** One line of the live view. Its event never changes, so it is drawn once; its button only when it is near. */
export class Row extends Component<Props, State> {
  override state: State = {};

  override shouldComponentUpdate(next: Props, state: State): boolean {
    return next.selected !== this.props.selected || next.event !== this.props.event || state.pointed !== this.state.pointed;
  }

  render({ event, selected }: Props, { pointed }: State) {
    const rejected = event.kind === "transaction" && !!event.code;
    return (
      <div
        class={rejected ? "row row-bad" : `row row-${event.kind}`}
        role="row"
        tabIndex={selected ? 0 : -1}
        data-id={event.id}
        onPointerEnter={() => this.setState({ pointed: true })}
        onPointerLeave={() => this.setState({ pointed: false })}
      >
        <time class="cell-time" role="cell" dateTime={event.time} title={dateAndTime(event.time)}>
          {timeOfDay(event.time)}
        </time>
        <DeviceCell event={event} selected={selected} />
        <PeerCells event={event} selected={selected} />
        {event.kind === "transaction" ? <Exchange event={event} selected={selected} /> : <Words event={event} />}
        <span class="cell-end" role="cell">
          {(selected || pointed) && <CopyButton what="the line" text={() => lineOf(event)} focusable={selected} />}
        </span>
      </div>
    );
  }
}

/** Text that sets a filter; in the tab order only within the selected line. */
function FilterLink({ name, value, selected, title, class: style = "quiet" }: FilterLinkProps) {
  return (
    <button
      type="button"
      class={style}
      tabIndex={selected ? 0 : -1}
      title={title}
      onClick={() => setQuery({ [name]: name === "peer" ? addressOf(value) : value })}
    >
      {value}
    </button>
  );
}

interface FilterLinkProps {
  readonly name: "device" | "peer" | "code";
  readonly value: string;
  readonly selected: boolean;
  readonly title: string;
  readonly class?: string;
}

function DeviceCell({ event, selected }: Props) {
  const device = event.kind === "transaction" || event.kind === "probe" ? event.device : undefined;
  return (
    <span class="cell-device" role="cell">
      {device && <FilterLink name="device" value={device} selected={selected} title={`Only device ${device} (d)`} />}
    </span>
  );
}

function PeerCells({ event, selected }: Props) {
  if (event.kind === "server") {
    return (
      <>
        <span class="cell-peer" role="cell" />
        <span class="cell-door" role="cell">
          <span class="chip chip-info">server</span>
        </span>
      </>
    );
  }
  return (
    <>
      <span class="cell-peer" role="cell">
        <FilterLink name="peer" value={event.peer} selected={selected} title={`Only ${addressOf(event.peer)} (a)`} />
      </span>
      <span class="cell-door" role="cell">
        {event.door === "tls" ? (
          <span class="chip chip-info" title={event.certificate && `with the certificate of ${event.certificate}`}>
            {event.tls && <Icon name="lock" />}
            {doorWords(event.door, event.tls)}
            {event.certificate && <b>✓</b>}
          </span>
        ) : (
          <span class="chip">{event.door}</span>
        )}
      </span>
    </>
  );
}

function Exchange({ event, selected }: { event: Transaction; selected: boolean }) {
  return (
    <>
      <span class="cell-bytes" role="cell">
        <Bytes shown={event.request} wrong={event.wrongByte} />
      </span>
      <span class="cell-reply" role="cell">
        <Reply reply={event.reply} />
      </span>
      <span class="cell-why" role="cell">
        {event.code && (
          <FilterLink
            name="code"
            value={event.code}
            selected={selected}
            title={`Only ${event.code} (x)`}
            class="chip chip-bad"
          />
        )}
        {event.sentence && <span class="sentence">{event.sentence}</span>}
      </span>
    </>
  );
}

function Reply({ reply }: { reply: string }) {
  if (!reply) return <span class="muted">no reply</span>;
  return <code class={reply.startsWith("A") ? "reply-good" : "reply-bad"}>{reply}</code>;
}

function Words({ event }: { event: Exclude<WwepEvent, Transaction> }) {
  return (
    <span class="cell-words sentence" role="cell">
      {event.kind === "probe" && <span class="chip chip-info">probe</span>}
      {event.kind === "end" ? "the connection is over" : event.sentence}
    </span>
  );
}
