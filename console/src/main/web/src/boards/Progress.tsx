import { dateAndTime } from "../core/format";
import { STAGE_WORDS, type Step } from "./stages";

function words(step: Step): string {
  const what = STAGE_WORDS[step.name];
  if (step.time) return `${what}: first at ${dateAndTime(step.time)}`;
  return step.unknown ? `${what}: not known, a server cannot see it` : `${what}: not yet`;
}

/** What comes next, as long as something is missing that every board does; then how far it came. */
function summary(steps: readonly Step[]): string {
  const next = steps.find((each) => !each.time && each.needed);
  if (next) return `next: it ${STAGE_WORDS[next.name]}`;
  const last = steps.findLast((each) => each.time);
  return last ? STAGE_WORDS[last.name] : "";
}

/** The stages that a board has reached, as a line of dots with a few words. */
export function Progress({ steps }: { steps: readonly Step[] }) {
  const reached = steps.filter((each) => each.time);
  return (
    <div class="progress">
      <ol class="progress-dots" aria-label={`${reached.length} of ${steps.length} stages reached`}>
        {steps.map((each) => (
          <li key={each.name} class={each.time ? "reached" : each.unknown ? "unknown" : ""} title={words(each)}>
            <span class="hidden">{words(each)}</span>
          </li>
        ))}
      </ol>
      <span>{summary(steps)}</span>
    </div>
  );
}
