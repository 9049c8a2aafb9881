import { useEffect } from "preact/hooks";
import { useKeys } from "../core/keys";
import { createStore, useStore } from "../core/store";

const SHOWN_MAX = 3;
const MILLIS = 4_000;
const MILLIS_WITH_ACTION = 10_000;

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

interface Toast {
  readonly words: string;
  readonly action?: ToastAction | undefined;
}

const toasts = createStore<readonly Toast[]>([]);

/** Tells something in passing, with what may be done about it (as Undo) for ten seconds. */
export function toast(words: string, action?: ToastAction): void {
  toasts.set([...toasts.get(), { words, action }].slice(-SHOWN_MAX));
}

function dismiss(gone: Toast): void {
  toasts.set(toasts.get().filter((each) => each !== gone));
}

function act(chosen: Toast): void {
  dismiss(chosen);
  chosen.action?.run();
}

/** Where toasts appear; once on the page. */
export function Toasts() {
  const shown = useStore(toasts);
  const undoable = [...shown].reverse().find((each) => each.action);
  useKeys("Messages", undoable ? [{ keys: ["u"], does: `${undoable.action?.label}`, run: () => act(undoable) }] : []);
  return (
    <div class="toasts" role="status">
      {shown.map((each) => (
        <ToastLine key={each} toast={each} />
      ))}
    </div>
  );
}

function ToastLine({ toast: shown }: { toast: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(shown), shown.action ? MILLIS_WITH_ACTION : MILLIS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <div class="toast">
      <span>{shown.words}</span>
      {shown.action && (
        <button type="button" class="toast-action" onClick={() => act(shown)}>
          {shown.action.label} <kbd>u</kbd>
        </button>
      )}
      <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => dismiss(shown)}>
        ×
      </button>
    </div>
  );
}
