import type { ClassDevice } from "../core/types";
import { missingFirst, wordsOfExercise } from "./standing";

const MARKS = { open: "", goingOn: "…", done: "✓" } as const;
const LOOKS = { open: "chip", goingOn: "chip chip-warn", done: "chip chip-good" } as const;

/** The exercises of the lecture in a row, and what is missing first. */
export function Exercises({ of }: { of: ClassDevice }) {
  const missing = missingFirst(of);
  return (
    <div class="exercises">
      <ol aria-label={`${of.done} of ${of.exercises.length} exercises done`}>
        {of.exercises.map((each) => (
          <li key={each.exercise} class={LOOKS[each.state]} title={wordsOfExercise(each)}>
            <span aria-hidden="true">
              {each.exercise}
              {MARKS[each.state]}
            </span>
            <span class="hidden">{wordsOfExercise(each)}</span>
          </li>
        ))}
      </ol>
      {missing && <p>{missing}</p>}
    </div>
  );
}
