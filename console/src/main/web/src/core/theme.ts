import { createStore } from "./store";
import { recall, remember } from "./stored";

/** `auto` follows the system. */
export type Theme = "auto" | "light" | "dark";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];

export const theme = createStore<Theme>(THEMES.find((each) => each === recall("theme")) ?? "auto");

/** Goes on from auto to light, dark and back. */
export function nextTheme(): void {
  theme.set(THEMES[(THEMES.indexOf(theme.get()) + 1) % THEMES.length] ?? "auto");
}

function apply(): void {
  document.documentElement.dataset["theme"] = theme.get();
}

theme.subscribe(() => {
  remember("theme", theme.get());
  apply();
});
apply();

/** The colour behind a token such as `--series-1`, as it is now: a canvas knows no tokens. */
export function colour(token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** Calls `listener` when colours change, by the switch or by the system; returns what ends that. */
export function onThemeChange(listener: () => void): () => void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", listener);
  const end = theme.subscribe(listener);
  return () => {
    dark.removeEventListener("change", listener);
    end();
  };
}
