package io.wwep.lesson;

import io.wwep.board.Transmission;
import io.wwep.lesson.LessonReport.State;
import io.wwep.server.ServerEvent;
import io.wwep.server.access.Door;
import java.util.List;

/** What is told of one exercise, and how it went so far. One thread. */
final class Notes {

  private final Teacher teacher;
  private final String number;
  private final String title;
  private State java = State.DONE;
  private State c = State.DONE;
  private State list = State.DONE;
  private String problem = "";

  Notes(Teacher teacher, String number, String title) {
    this.teacher = teacher;
    this.number = number;
    this.title = title;
  }

  String number() {
    return number;
  }

  void say(String... lines) {
    teacher.say(lines);
  }

  void saw(String who, String what) {
    teacher.saw(who, what);
  }

  /** Tells what a board sent, and what came back. */
  void saw(Transmission sent) {
    saw("board", sent);
  }

  /**
   * Tells what one of several boards sent.
   *
   * @param who which of them
   */
  void saw(String who, Transmission sent) {
    if (!sent.sent().isEmpty()) {
      String reply = sent.received().isEmpty() ? "nothing" : sent.received();
      teacher.saw(who, "sent %s, got %s".formatted(sent.sent(), reply));
    }
    teacher.saw(who, sent.meaning());
  }

  /** Tells what passed over the wire as the server saw it. */
  void saw(List<ServerEvent.Transaction> passed) {
    passed.forEach(
        each ->
            teacher.saw(
                "server",
                "%s %s: %s, answered %s"
                    .formatted(
                        each.door() == Door.TLS ? "TLS" : "plain",
                        each.peer(),
                        each.request(),
                        each.reply())));
  }

  void java(boolean asTold, String what) {
    expect(asTold, what);
    java = asTold ? java : State.NOT_DONE;
  }

  void c(boolean asTold, String what) {
    expect(asTold, what);
    c = asTold ? c : State.NOT_DONE;
  }

  void list(boolean asTold, String what) {
    expect(asTold, what);
    list = asTold ? list : State.NOT_DONE;
  }

  private void expect(boolean asTold, String what) {
    teacher.expect(asTold, what);
    if (!asTold && problem.isEmpty()) {
      problem = what;
    }
  }

  /** The part in C cannot be done on this machine. */
  void leftOut(String why) {
    teacher.say("[left out] in C: " + why);
    c = State.LEFT_OUT;
    problem = problem.isEmpty() ? why : problem;
  }

  LessonReport.Exercise end() {
    return new LessonReport.Exercise(number, title, java, c, list, problem);
  }
}
