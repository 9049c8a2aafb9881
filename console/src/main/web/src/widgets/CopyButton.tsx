import { copy } from "../core/clipboard";
import { Icon } from "./Icon";

interface Props {
  readonly text: string | (() => string);
  /** Names it: "the line". */
  readonly what: string;
  /** Whether it is in the tab order; it is unless told otherwise. */
  readonly focusable?: boolean;
}

/** Puts a text on the clipboard. */
export function CopyButton({ text, what, focusable = true }: Props) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      tabIndex={focusable ? 0 : -1}
      onClick={() => void copy(typeof text === "string" ? text : text())}
    >
      <Icon name="copy" />
    </button>
  );
}
