import { counted } from "../core/format";
import { href } from "../core/router";
import type { Stranger } from "../core/types";
import { LastMessage } from "./LastMessage";
import { Progress } from "./Progress";
import { stepsOf } from "./stages";

/** An address from which no legal device ID has come. */
export function StrangerCard({ stranger }: { stranger: Stranger }) {
  return (
    <li class={stranger.why ? "card board board-stuck" : "card board"} tabIndex={-1}>
      <header>
        <h3>
          <a href={href("live", { peer: stranger.address })} title="Its messages">
            {stranger.address}
          </a>
        </h3>
        <span class="board-links muted">
          {counted(stranger.requests, "message")}, {stranger.rejected} X
        </span>
      </header>
      {stranger.why && <p class="board-why">{stranger.why}</p>}
      <LastMessage event={stranger.last} explain={!stranger.why} />
      <Progress steps={stepsOf(stranger.stages, "door" in stranger.last && stranger.last.door === "tls")} />
    </li>
  );
}
