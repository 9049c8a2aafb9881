import { createStore } from "../core/store";

/** Whether the send box is open. */
export const sendOpen = createStore(false);
