import { count, doorWords, percent, rate } from "../core/format";
import { href } from "../core/router";
import type { Board, BoardPeer, ClassDevice, Clash as ClashOf } from "../core/types";
import { Led } from "../widgets/Led";
import { Exercises } from "./Exercises";
import { LastMessage } from "./LastMessage";
import { NameField } from "./NameField";
import { ProbeRow } from "./ProbeRow";
import { Progress } from "./Progress";
import { Registers } from "./Registers";
import { stepsOf, usesTls } from "./stages";

/** The register that the lecture's boards drive their LED by. */
const LED_REGISTER = "05";

/** From this share of X on it is coloured: a few belong to learning. */
const REJECTED_SHARE_MUCH = 0.25;

interface Props {
  readonly board: Board;
  /** How far it is with the exercises. */
  readonly of: ClassDevice | undefined;
  readonly editable: boolean;
  readonly changed: () => void;
}

/** One device: what it said last, what it has stored, how far it came. */
export function BoardCard({ board, of, editable, changed }: Props) {
  const led = board.registers.find((each) => each.register === LED_REGISTER);
  return (
    <li class={board.stuck ? "card board board-stuck" : "card board"} tabIndex={-1}>
      <header>
        <h2 class="mono">
          <a href={href("live", { device: board.device })} title="Its messages">
            {board.device}
          </a>
        </h2>
        <NameField device={board.device} name={of?.name ?? null} editable={editable} changed={changed} />
        {led && <Led on={led.value !== 0} />}
        {board.certificate && (
          <span class="chip chip-good" title={`shows the certificate of ${board.certificate}`}>
            certificate
          </span>
        )}
        <span class="board-links">
          <a href={href("live", { device: board.device })}>Messages</a>
          <a href={href(`registers/${board.device}`)}>Registers</a>
        </span>
      </header>
      {board.why && <p class="board-why">{board.why}</p>}
      {board.clash && <Clash device={board.device} of={board.clash} />}
      <LastMessage event={board.last} explain={!board.why} />
      <Registers registers={board.registers} device={board.device} />
      <Progress steps={stepsOf(board.stages, usesTls(board))} />
      {of && <Exercises of={of} />}
      {of && usesTls(board) && <ProbeRow of={of} editable={editable} changed={changed} />}
      <footer>
        <Peers peers={board.peers} />
        <span class="board-figures">
          <span title="Messages a second, over the last ten seconds">{rate(board.ratePerSecond)}/s</span>
          <span title="Messages in all">{count(board.requests)}</span>
          <span class={board.rejected > board.requests * REJECTED_SHARE_MUCH ? "error" : undefined} title={`${count(board.rejected)} of them were rejected`}>
            {percent(board.rejected, board.requests)} X
          </span>
        </span>
      </footer>
    </li>
  );
}

function Clash({ device, of: { addresses, free } }: { device: string; of: ClashOf }) {
  return (
    <p class="board-clash">
      {addresses.join(" and ")} both say that they are {device}, and overwrite each other's registers: give one of them another ID
      {free && (
        <>
          , such as <b class="mono">{free}</b>, which is free
        </>
      )}
      .
    </p>
  );
}

function Peers({ peers }: { peers: readonly BoardPeer[] }) {
  return (
    <span class="board-peers">
      {peers.map((each) => (
        <a key={`${each.address} ${each.door}`} href={href("live", { peer: each.address })} title="Messages from this address">
          {each.address} <span class="muted">{doorWords(each.door, each.tls)}</span>
        </a>
      ))}
    </span>
  );
}
