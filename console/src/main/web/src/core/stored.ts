/** `localStorage` is the browser's, `sessionStorage` one tab's. */
type Where = "localStorage" | "sessionStorage";

/** What this browser remembers of the page; nothing where it does not let us, as in a private window. */
export function recall(name: string, where: Where = "localStorage"): string | null {
  try {
    return window[where].getItem(`wwep-${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string, where: Where = "localStorage"): void {
  try {
    window[where].setItem(`wwep-${name}`, value);
  } catch {
    // It holds until the page is closed, then.
  }
}
