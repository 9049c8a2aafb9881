import { dateAndTime } from "../core/format";
import { STAGE_WORDS, type Step } from "./stages";

function words(step: Step): string {
  const what = STAGE_WORDS[step.name];
  if (step.time) return `${what}: first at ${dateAndTime(step.time)}`;
  return step.unknown ? `${what}: not known, a server cannot see it` : `${what}: not yet`;
}

/** The stages that a board has reached, as a line of dots with the last one in words. */
export function Progress({ steps }: { steps: readonly Step[] }) {
  const reached = steps.filter((each) => each.time);
  const last = reached.at(-1);
  return (
    <div class="progress">
      <ol class="progress-dots" aria-label={`${reached.length} of ${steps.length} stages reached`}>
        {steps.map((each) => (
          <li key={each.name} class={each.time ? "reached" : each.unknown ? "unknown" : ""} title={words(each)}>
            <span class="hidden">{words(each)}</span>
          </li>
        ))}
      </ol>
      {last && <span class="progress-words">{STAGE_WORDS[last.name]}</span>}
    </div>
  );
}
