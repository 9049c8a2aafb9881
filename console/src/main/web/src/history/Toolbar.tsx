import type { ComponentChildren } from "preact";
import { PRESETS } from "./span";
import type { Steering } from "./steering";

/** What part of the time the chart shows, for the pointer. */
export function Toolbar({ steering }: { steering: Steering }) {
  const { window } = steering;
  return (
    <>
      <div class="segments" role="group" aria-label="Time shown">
        {PRESETS.map(({ label, millis }) => (
          <button
            key={label}
            type="button"
            class="button"
            aria-pressed={window.live && window.millis === millis}
            onClick={() => steering.last(millis)}
          >
            {label}
          </button>
        ))}
        <button type="button" class="button" title="All that was ever written (a)" onClick={() => void steering.all()}>
          All
        </button>
      </div>
      <div class="segments" role="group" aria-label="Move and zoom">
        <Step label="Earlier" keys="←" run={() => steering.earlier()}>
          ‹
        </Step>
        <Step label="Show more" keys="-" run={() => steering.more()}>
          −
        </Step>
        <Step label="Show less" keys="+" run={() => steering.less()}>
          +
        </Step>
        <Step label="Later" keys="→" run={() => steering.later()}>
          ›
        </Step>
      </div>
      <button
        type="button"
        class="button"
        title="Follow what is written (l)"
        aria-pressed={window.live}
        onClick={() => steering.live()}
      >
        Live
      </button>
    </>
  );
}

function Step({
  label,
  keys,
  run,
  children,
}: {
  label: string;
  keys: string;
  run: () => void;
  children: ComponentChildren;
}) {
  return (
    <button type="button" class="button step" aria-label={label} title={`${label} (${keys})`} onClick={run}>
      {children}
    </button>
  );
}
