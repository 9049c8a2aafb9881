package io.wwep.lesson;

import java.util.function.Consumer;

/** Tells a lesson: what is done, what it means, and whether it went as it should. One thread. */
final class Teacher {

  private final Consumer<String> print;
  private int steps;
  private int surprises;

  /**
   * @param print takes each line
   */
  Teacher(Consumer<String> print) {
    this.print = print;
  }

  /** Begins a step. */
  void step(String title) {
    if (steps > 0) {
      print.accept("");
    }
    print.accept("%d. %s".formatted(++steps, title));
  }

  /** Explains, a line at a time. */
  void say(String... lines) {
    for (String each : lines) {
      print.accept("   " + each);
    }
  }

  /** Tells what was really seen. */
  void saw(String who, String what) {
    print.accept("     %-9s %s".formatted(who, what));
  }

  /** Tells whether something came out as it should. */
  void expect(boolean asTold, String what) {
    surprises += asTold ? 0 : 1;
    print.accept("   %s %s".formatted(asTold ? "[ok]" : "[NOT SO]", what));
  }

  /** Tells how it all went; returns whether it went as it should. */
  boolean end() {
    print.accept("");
    print.accept(
        surprises == 0
            ? "All of it went as the lesson says."
            : "%d of it did not go as the lesson says: look at the lines with [NOT SO]."
                .formatted(surprises));
    return surprises == 0;
  }
}
