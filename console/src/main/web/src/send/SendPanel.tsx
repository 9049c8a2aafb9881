import { useStore } from "../core/store";
import { sendOpen } from "./state";

export function SendPanel() {
  return useStore(sendOpen) ? <aside aria-label="Send box" /> : null;
}
