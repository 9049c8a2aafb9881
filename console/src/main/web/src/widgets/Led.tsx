/** A board's LED. */
export function Led({ on }: { on: boolean }) {
  return <span class={on ? "led led-on" : "led"} role="img" aria-label={on ? "LED on" : "LED off"} />;
}
