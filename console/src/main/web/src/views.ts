import type { ComponentType } from "preact";
import { BoardView } from "./board/BoardView";
import { Boards } from "./boards/Boards";
import { History } from "./history/History";
import { Live } from "./live/Live";
import { Registers } from "./registers/Registers";
import { Server } from "./server/Server";
import { TimeMachine } from "./time/TimeMachine";

export interface View {
  /** First part of its link. */
  readonly path: string;
  readonly title: string;
  readonly component: ComponentType;
}

/** The tabs, in their order; the first is shown where a link names none. Keys 1 to 9 go to them. */
export const VIEWS: readonly View[] = [
  { path: "live", title: "Live", component: Live },
  { path: "boards", title: "Boards", component: Boards },
  { path: "registers", title: "Registers", component: Registers },
  { path: "history", title: "History", component: History },
  { path: "time", title: "Time machine", component: TimeMachine },
  { path: "server", title: "Server", component: Server },
  { path: "board", title: "Board", component: BoardView },
];
