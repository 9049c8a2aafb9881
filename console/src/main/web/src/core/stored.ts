/** What this browser remembers of the page; nothing where it does not let us, as in a private window. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`wwep-${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`wwep-${name}`, value);
  } catch {
    // It holds until the page is closed, then.
  }
}
