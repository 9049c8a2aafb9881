import type { ComponentType } from "preact";
import { History } from "./history/History";
import { Registers } from "./registers/Registers";

export interface View {
  /** First part of its link. */
  readonly path: string;
  readonly title: string;
  readonly component: ComponentType;
}

/** The tabs, in their order; the first is shown where a link names none. Keys 1 to 9 go to them. */
export const VIEWS: readonly View[] = [
  { path: "registers", title: "Registers", component: Registers },
  { path: "history", title: "History", component: History },
];
