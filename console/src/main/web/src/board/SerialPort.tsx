import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useStore } from "../core/store";
import { CopyButton } from "../widgets/CopyButton";
import { Icon } from "../widgets/Icon";
import { clearLines, lines } from "./state";

/** How near to its end one has to be for new lines to scroll. */
const END_PIXELS = 40;

/** What the board prints, as a terminal on its serial port shows it. */
export function SerialPort() {
  const shown = useStore(lines);
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const toEnd = () => {
    if (log.current && atEnd.current) log.current.scrollTop = log.current.scrollHeight;
  };
  useLayoutEffect(toEnd, [shown]);
  useEffect(() => {
    const watch = new ResizeObserver(toEnd);
    if (log.current) watch.observe(log.current);
    return () => watch.disconnect();
  }, []);
  return (
    <section class="serial" aria-labelledby="serial-title">
      <header>
        <h2 id="serial-title">Serial port</h2>
        <CopyButton text={() => shown.map((each) => `${each.text}\n`).join("")} what="what the board printed" />
        <button type="button" class="icon-button" aria-label="Clear" title="Clear" onClick={clearLines}>
          <Icon name="clear" />
        </button>
      </header>
      <div
        class="serial-lines"
        role="log"
        aria-label="What the board printed"
        tabIndex={0}
        ref={log}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < END_PIXELS;
        }}
      >
        {shown.map((each) => (
          <p key={each.number} class={`serial-${each.kind}`}>
            {each.text}
          </p>
        ))}
      </div>
    </section>
  );
}
