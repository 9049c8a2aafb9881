import "./boards.css";
import { useRef } from "preact/hooks";
import { count, counted } from "../core/format";
import { useKeys } from "../core/keys";
import { href, setQuery, useRoute } from "../core/router";
import type { Boards as BoardList } from "../core/types";
import { Empty } from "../widgets/Empty";
import { BoardCard } from "./BoardCard";
import { type Choice, choose, chooseStrangers } from "./choice";
import { moveFocus } from "./moveFocus";
import { StrangerCard } from "./StrangerCard";
import { useBoards } from "./useBoards";

/** Cards that are drawn; a search finds the others. */
const CARDS_MAX = 300;

/** A card for each board, those that are stuck first. */
export function Boards() {
  const { boards, error } = useBoards();
  const { text = "", show, sort } = useRoute().query;
  const root = useRef<HTMLDivElement>(null);
  useKeys("Boards", [
    { keys: ["/"], does: "Search", run: () => root.current?.querySelector("input")?.focus() },
    { keys: ["j"], does: "Next board", run: () => moveFocus(root.current, 1) },
    { keys: ["k"], does: "Board before", run: () => moveFocus(root.current, -1) },
  ]);
  return (
    <div class="boards" ref={root}>
      <div class="boards-head">
        <h1>Boards</h1>
        {boards && <Summary of={boards} />}
        <Toggle name="show" on={show === "stuck"} value="stuck" words="Only stuck ones" />
        <Toggle name="sort" on={sort === "latest"} value="latest" words="Latest first" />
        <input
          class="input boards-search"
          type="search"
          aria-label="Search boards"
          placeholder="Device or address (/)"
          spellcheck={false}
          value={text}
          onInput={(event) => setQuery({ text: event.currentTarget.value })}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        />
      </div>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      {boards && <Cards of={boards} choice={{ text: text.trim().toLowerCase(), stuckOnly: show === "stuck", latestFirst: sort === "latest" }} />}
    </div>
  );
}

function Summary({ of: { boards, strangers, sampled } }: { of: BoardList }) {
  const stuck = boards.filter((each) => each.stuck).length;
  return (
    <p class="muted" role="status">
      {counted(boards.length, "board")}
      {stuck > 0 ? `, ${stuck} stuck` : ""}
      {strangers.length > 0 ? `, ${counted(strangers.length, "address", "addresses")} without a device ID` : ""}
      {sampled ? "; counts are lower bounds, as there is too much traffic to look at each message" : ""}
    </p>
  );
}

function Toggle({ name, on, value, words }: { name: string; on: boolean; value: string; words: string }) {
  return (
    <button type="button" class="button" aria-pressed={on} onClick={() => setQuery({ [name]: on ? "" : value })}>
      {words}
    </button>
  );
}

function Cards({ of: { boards, strangers }, choice }: { of: BoardList; choice: Choice }) {
  const shown = choose(boards, choice);
  const unknown = chooseStrangers(strangers, choice);
  if (boards.length + strangers.length === 0) {
    return (
      <Empty title="No board has come yet">
        <p>
          A board appears with its first message. What to send is on the <a href={href("live")}>live view</a>.
        </p>
      </Empty>
    );
  }
  if (shown.length + unknown.length === 0) return <Empty title="No board is like this at the moment" />;
  return (
    <>
      <ul class="cards">
        {shown.slice(0, CARDS_MAX).map((each) => (
          <BoardCard key={each.device} board={each} />
        ))}
      </ul>
      {shown.length > CARDS_MAX && <p class="muted">{count(shown.length - CARDS_MAX)} more: search for what you look for.</p>}
      {unknown.length > 0 && (
        <section aria-labelledby="strangers">
          <h2 id="strangers">Never said a device ID</h2>
          <ul class="cards">
            {unknown.slice(0, CARDS_MAX).map((each) => (
              <StrangerCard key={each.address} stranger={each} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
