package io.wwep.lesson;

import io.wwep.client.WwepException;
import io.wwep.conformance.CaseResult;
import io.wwep.conformance.Conformance;
import io.wwep.conformance.Exercise;
import io.wwep.conformance.Report;
import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.Target;
import io.wwep.lesson.Compiler.Built;
import io.wwep.testkit.SmallProgram;
import io.wwep.testkit.SmallServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Exercises 04, 05 and 07: the smallest servers, in Java and in C, and their check. One thread. */
final class ServerExercises {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int SHOWN = 4;

  private final Workshop shop;

  ServerExercises(Workshop shop) {
    this.shop = shop;
  }

  void plain(Notes notes) {
    notes.say(
        "A server for one connection at a time, with a linked list for the registers. The checker is",
        "what 'wwep class check-server' does: writes and reads, illegal messages, messages in pieces,",
        "each on a connection of its own.");
    try (SmallServer small = SmallServer.plain()) {
      Report report = check(notes, plainAt(small.plainPort()));
      notes.java(report != null && report.isPassed(), said("the small server in Java", report));
      tell(notes, report);
    }
    inC(notes, CProgram.EXERCISE04);
  }

  void tls(Notes notes) {
    notes.say(
        "The same behind TLS: a key, a certificate, and a handshake before the first message. The",
        "checker has the root certificate, as a board that verifies.");
    try (SmallServer small = SmallServer.tls(shop.tls())) {
      Report report = check(notes, secureAt(target(), small.tlsPort()));
      notes.java(report != null && report.isPassed(), said("the small server in Java", report));
      tell(notes, report);
    }
    inC(notes, CProgram.EXERCISE05);
  }

  void both(Notes notes) {
    notes.say(
        "Both ports, and one database behind them: what is written in clear is read over TLS, and the",
        "other way round.");
    try (SmallServer small = SmallServer.both(shop.tls())) {
      Report report = check(notes, secureAt(plainAt(small.plainPort()), small.tlsPort()));
      notes.java(report != null && report.isPassed(), said("the small server in Java", report));
      tell(notes, report);
    }
    inC(notes, CProgram.EXERCISE07);
  }

  private static Target target() {
    return Target.at(Workshop.HOST).withPatience(PATIENCE);
  }

  private static Target plainAt(int port) {
    return target().withPlain(port);
  }

  private Target secureAt(Target target, int port) {
    return target.withTls(port, shop.trust());
  }

  /** Returns null when the server cannot be reached. */
  private static Report check(Notes notes, Target target) {
    long start = System.nanoTime();
    try {
      Report report = Conformance.against(target).run(result -> {});
      show(notes, report);
      notes.saw(
          "checker",
          "%d cases in %.1f s, %d failed"
              .formatted(
                  report.results().size(),
                  (System.nanoTime() - start) / 1e9,
                  report.failed().size()));
      return report;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (WwepException unreachable) {
      notes.saw("checker", unreachable.getMessage());
      return null;
    }
  }

  /**
   * What failed, or a look at what passed over the wire: the first cases, and those of two doors.
   */
  private static void show(Notes notes, Report report) {
    List<CaseResult> failed = report.failed();
    for (CaseResult each : failed.stream().limit(SHOWN).toList()) {
      notes.saw("checker", "%s: sent %s".formatted(each.tried().title(), each.sent()));
      notes.saw("", "expected %s, but came %s".formatted(each.expected(), each.came()));
      notes.saw("", "mend: " + each.cure());
    }
    if (failed.isEmpty()) {
      report.results().stream()
          .filter(each -> !each.sent().isEmpty() && each.sent().length() < 60)
          .limit(SHOWN)
          .forEach(
              each ->
                  notes.saw(
                      "checker",
                      "%s %s: sent %s, came %s"
                          .formatted(
                              each.tried().doors().word(),
                              each.tried().title(),
                              each.sent(),
                              each.came())));
    }
  }

  private static String said(String server, Report report) {
    if (report == null) {
      return server + " cannot be reached";
    }
    return report.failed().stream()
        .findFirst()
        .map(first -> "%s: %s: %s".formatted(server, first.tried().title(), first.cure()))
        .orElse(server + " does what the exercise asks for");
  }

  /** The list of the class cannot see other servers: it is told what the check has found. */
  private void tell(Notes notes, Report report) {
    Exercise exercise =
        report == null
            ? null
            : report.exercises().stream()
                .filter(each -> each.number().equals(notes.number()))
                .findFirst()
                .orElse(null);
    if (exercise == null) {
      notes.list(false, "there is no check that the list of the class could be told of");
      return;
    }
    String place = report.target().place(exercise.needs(Port.PLAIN) ? Port.PLAIN : Port.TLS);
    shop.list().checked(exercise.number(), report.isDone(exercise), "checked at " + place);
    notes.list(
        shop.list().isDone(exercise.number()), "the list of the class has been told of the check");
  }

  private void inC(Notes notes, CProgram program) {
    Built built = shop.compiler().build(program);
    if (built.missing() != null) {
      notes.leftOut(built.missing());
      return;
    }
    if (built.problem() != null) {
      notes.c(false, program.program() + ".c: " + built.problem());
      return;
    }
    try (SmallProgram server = start(program, built.program())) {
      Report report = check(notes, targetOf(program, server));
      notes.c(report != null && report.isPassed(), said("the small server in C", report));
    } catch (IOException e) {
      notes.c(false, "%s does not start: %s".formatted(program.program(), e.getMessage()));
    }
  }

  private SmallProgram start(CProgram program, Path file) throws IOException {
    List<Path> tls = shop.certificateAndKey();
    return switch (program) {
      case EXERCISE04 -> SmallProgram.plain(file);
      case EXERCISE05 -> SmallProgram.tls(file, tls.get(0), tls.get(1));
      default -> SmallProgram.both(file, tls.get(0), tls.get(1));
    };
  }

  private Target targetOf(CProgram program, SmallProgram server) {
    return switch (program) {
      case EXERCISE04 -> plainAt(server.plainPort());
      case EXERCISE05 -> secureAt(target(), server.tlsPort());
      default -> secureAt(plainAt(server.plainPort()), server.tlsPort());
    };
  }
}
