import { copy } from "../core/clipboard";
import { Icon } from "./Icon";

/** Copies text. `what` names it for screen readers: "the line". */
export function CopyButton({ text, what }: { text: string | (() => string); what: string }) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      onClick={() => void copy(typeof text === "string" ? text : text())}
    >
      <Icon name="copy" />
    </button>
  );
}
