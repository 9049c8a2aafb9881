package io.wwep.lesson;

import java.util.List;
import java.util.Locale;

/**
 * What came of the exercises. Immutable.
 *
 * @param exercises in the lecture's order
 */
public record LessonReport(List<Exercise> exercises) {

  /** Whether a way to do an exercise worked. */
  public enum State {
    /** All of it was as it should be. */
    DONE,
    /** Something was not as it should be. */
    NOT_DONE,
    /** This machine lacks something for it. */
    LEFT_OUT;

    /** Returns the name as people and programs read it: {@code left out}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * One exercise.
   *
   * @param number as in {@code 01}
   * @param title what it is about
   * @param java the virtual board, or the smallest server in Java
   * @param c the same in C
   * @param list what the list of the class says of it
   * @param problem the first thing that was not as it should be, or what is missing here; empty
   *     when there is none
   */
  public record Exercise(
      String number, String title, State java, State c, State list, String problem) {

    /** Whether nothing was otherwise than it should be. */
    public boolean isGreen() {
      return java == State.DONE && c != State.NOT_DONE && list == State.DONE;
    }
  }

  /** Whether all exercises were as they should be, as far as this machine can tell. */
  public boolean isGreen() {
    return exercises.stream().allMatch(Exercise::isGreen);
  }
}
