/** Goes to the card after or before the one that has the focus. */
export function moveFocus(root: HTMLElement | null, step: 1 | -1): void {
  const cards = [...(root?.querySelectorAll<HTMLElement>(".board") ?? [])];
  const at = cards.findIndex((each) => each.contains(document.activeElement));
  const target = cards[Math.min(cards.length - 1, Math.max(0, at + step))];
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}
