package io.wwep.lesson;

import io.wwep.lesson.LessonReport.Exercise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The lecture's exercises 01 to 07 on the loopback address: with a virtual board, with the clients
 * and servers in C where there is a compiler, with the checker of servers, and with the list of the
 * class. Everything that it tells has happened before. One thread; takes about a minute.
 */
public final class ExerciseLesson {

  private static final String ROW = "%-4s%-42s%-11s%-11s%s";

  /** What is done for an exercise. */
  @FunctionalInterface
  private interface Play {
    void play(Notes notes);
  }

  private final Consumer<String> print;
  private final Teacher teacher;
  private final Runnable between;
  private final List<Exercise> exercises = new ArrayList<>();

  /**
   * @param print takes each line of what is told
   * @param between is run between two exercises; may wait
   */
  public ExerciseLesson(Consumer<String> print, Runnable between) {
    this.print = print;
    this.between = between;
    teacher = new Teacher(print);
  }

  /** Plays all of it; what is not as it should be is in the report, with the likeliest cause. */
  public LessonReport run() {
    try (Workshop shop = new Workshop()) {
      BoardExercises boards = new BoardExercises(shop);
      ServerExercises servers = new ServerExercises(shop);
      play("01", "a board writes its LED's state", boards::toggle);
      play("02", "it checks the reply, A and X", boards::replies);
      play("03", "it uses TLS, and verifies", boards::tls);
      play("04", "a server for plain messages", servers::plain);
      play("05", "a server for TLS", servers::tls);
      play("06", "a board sends in clear and over TLS", boards::both);
      play("07", "a server for both", servers::both);
    }
    LessonReport report = new LessonReport(List.copyOf(exercises));
    table(report);
    return report;
  }

  private void play(String number, String title, Play exercise) {
    if (!exercises.isEmpty()) {
      between.run();
    }
    teacher.step("Exercise %s: %s".formatted(number, title));
    Notes notes = new Notes(teacher, number, title);
    exercise.play(notes);
    exercises.add(notes.end());
  }

  private void table(LessonReport report) {
    print.accept("");
    print.accept(ROW.formatted("", "exercise", "Java", "C", "class list"));
    for (Exercise each : report.exercises()) {
      print.accept(
          ROW.formatted(
              each.number(),
              each.title(),
              each.java().word(),
              each.c().word(),
              each.list().word()));
    }
    report.exercises().stream()
        .filter(each -> !each.problem().isEmpty())
        .map(each -> "%s: %s".formatted(each.number(), each.problem()))
        .forEach(print);
    print.accept("");
    print.accept(
        report.isGreen()
            ? "All exercises were done, as far as this machine can do them."
            : "Not all of it is as it should be: look at the lines with [NOT SO].");
  }
}
