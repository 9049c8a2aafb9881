import "./boards.css";
import { useRef } from "preact/hooks";
import { session } from "../core/api";
import { download } from "../core/clipboard";
import { toCsv } from "../core/export";
import { count, counted } from "../core/format";
import { useKeys } from "../core/keys";
import { href, setQuery, useRoute } from "../core/router";
import { useStore } from "../core/store";
import type { Boards as BoardList, ClassDevice } from "../core/types";
import { Empty } from "../widgets/Empty";
import { Menu } from "../widgets/Menu";
import { AbsentCard } from "./AbsentCard";
import { BoardCard } from "./BoardCard";
import { type Choice, choose, chooseAbsent, chooseStrangers, type ClassMap } from "./choice";
import { CLASS_COLUMNS, classRows, toMarkdown } from "./standing";
import { moveFocus } from "./moveFocus";
import { StrangerCard } from "./StrangerCard";
import { useBoards } from "./useBoards";

/** Cards that are drawn; a search finds the others. */
const CARDS_MAX = 300;

/** A card for each board, those that are stuck first. */
export function Boards() {
  const { boards, list, error, again } = useBoards();
  const editable = useStore(session)?.role === "editor";
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
        {list && list.devices.length > 0 && <Export devices={list.devices} />}
        <input
          class="input boards-search"
          type="search"
          aria-label="Search boards"
          placeholder="Device, name or address (/)"
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
      {list?.trouble && (
        <p class="error" role="alert">
          {list.trouble}
        </p>
      )}
      {boards && (
        <Cards
          of={boards}
          devices={new Map(list?.devices.map((each) => [each.device, each]))}
          choice={{ text: text.trim().toLowerCase(), stuckOnly: show === "stuck", latestFirst: sort === "latest" }}
          editable={editable}
          changed={again}
        />
      )}
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

function Export({ devices }: { devices: readonly ClassDevice[] }) {
  return (
    <Menu
      label="Export"
      items={[
        { label: "CSV", run: () => download("wwep-class.csv", "text/csv", toCsv(CLASS_COLUMNS, classRows(devices))) },
        { label: "Markdown", run: () => download("wwep-class.md", "text/markdown", toMarkdown(devices)) },
      ]}
    />
  );
}

interface CardsProps {
  readonly of: BoardList;
  readonly devices: ClassMap;
  readonly choice: Choice;
  readonly editable: boolean;
  readonly changed: () => void;
}

function Cards({ of: { boards, strangers }, devices, choice, editable, changed }: CardsProps) {
  const shown = choose(boards, choice, devices);
  const absent = chooseAbsent(boards, devices, choice);
  const unknown = chooseStrangers(strangers, choice);
  if (boards.length + strangers.length + devices.size === 0) {
    return (
      <Empty title="No board has come yet">
        <p>
          A board appears with its first message. What to send is on the <a href={href("live")}>live view</a>.
        </p>
      </Empty>
    );
  }
  if (shown.length + absent.length + unknown.length === 0) return <Empty title="No board is like this at the moment" />;
  return (
    <>
      <ul class="cards">
        {shown.slice(0, CARDS_MAX).map((each) => (
          <BoardCard key={each.device} board={each} of={devices.get(each.device)} editable={editable} changed={changed} />
        ))}
      </ul>
      {shown.length > CARDS_MAX && <p class="muted">{count(shown.length - CARDS_MAX)} more: search for what you look for.</p>}
      {absent.length > 0 && (
        <section aria-labelledby="absent">
          <h2 id="absent">Not heard of since the server's start</h2>
          <ul class="cards">
            {absent.slice(0, CARDS_MAX).map((each) => (
              <AbsentCard key={each.device} of={each} editable={editable} changed={changed} />
            ))}
          </ul>
        </section>
      )}
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
