package io.wwep.it.conformance;

import io.wwep.conformance.CaseResult;
import io.wwep.conformance.Conformance;
import io.wwep.conformance.Trial;
import io.wwep.conformance.cases.Case;
import io.wwep.conformance.cases.Catalogue;
import io.wwep.conformance.cases.Level;
import io.wwep.conformance.wire.Crowd;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** The cases of the room {@code conformance}, each in one of the classes here. */
enum Chapter {
  /** What can run many at a time. */
  MESSAGES,
  STREAMS,
  LIFETIME,
  CLEAN_CLOSE,
  CHUNKS;

  private static Chapter of(Case each) {
    if (!each.isAlone()) {
      return MESSAGES;
    }
    return switch (each.clause()) {
      case COMPLETE -> CHUNKS;
      case INSIDE, LIFETIME -> LIFETIME;
      case CLEAN_CLOSE, STRANGERS -> CLEAN_CLOSE;
      default -> each.level() == Level.LECTURE ? LIFETIME : STREAMS;
    };
  }

  /** Returns its cases, on each port; chunks cut in every way are also cut at most twice. */
  private List<Case> cases() {
    return Catalogue.upTo(Level.EXHAUSTIVE).stream()
        .filter(each -> of(each) == this)
        .filter(each -> this != CHUNKS || each.level() == Level.EXHAUSTIVE)
        .toList();
  }

  private static Trial trial(TargetServer server) {
    long seed = Long.getLong("wwep.seed", System.nanoTime());
    System.out.println("conformance devices: -Dwwep.seed=" + seed);
    return Conformance.against(server.target()).level(Level.FULL).seed(seed).trial();
  }

  /** Tries them one after the other. */
  Stream<DynamicTest> tests(TargetServer server) {
    Trial trial = trial(server);
    return cases().stream().map(each -> test(each, () -> trial.of(each)));
  }

  /** Tries them many at a time. */
  Stream<DynamicTest> tests(TargetServer server, Crowd crowd) {
    Trial trial = trial(server);
    List<DynamicTest> tests = new ArrayList<>();
    for (Case each : cases()) {
      CaseResult[] result = new CaseResult[1];
      var run = crowd.start(() -> result[0] = trial.of(each));
      tests.add(
          test(
              each,
              () -> {
                Crowd.await(run);
                return result[0];
              }));
    }
    return tests.stream();
  }

  private static DynamicTest test(Case each, Callable<CaseResult> run) {
    return DynamicTest.dynamicTest(
        each.toString(),
        () -> {
          CaseResult result = run.call();
          Assumptions.assumeTrue(result.verdict() != CaseResult.Verdict.SKIPPED, result::reason);
          Assertions.assertThat(result.isPassed()).as(result.toString()).isTrue();
        });
  }
}
