package io.wwep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.conformance.cases.Case;
import io.wwep.conformance.cases.Catalogue;
import io.wwep.conformance.cases.Doors;
import io.wwep.conformance.cases.Level;
import io.wwep.conformance.wire.Clue;
import io.wwep.conformance.wire.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A check that cannot fail is worth nothing: each mistake is found, by the case that is for it. */
class FaultsTest {

  private static Target at(int port) {
    return Target.at("127.0.0.1").withPlain(port).withPatience(Duration.ofMillis(1_200));
  }

  private static Case named(String name) {
    return Catalogue.upTo(Level.LECTURE).stream()
        .filter(each -> each.doors() == Doors.PLAIN && each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no case " + name));
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void shouldFindAMistakeAndSayWhatItIs(Fault fault) throws Exception {
    try (FaultyServer server = new FaultyServer(fault)) {
      CaseResult result = Conformance.against(at(server.port())).trial().of(named(fault.name));

      assertThat(result.verdict()).as(result.toString()).isEqualTo(CaseResult.Verdict.FAILED);
      assertThat(result.reason()).as(result.toString()).isEqualTo(fault.clue.cause());
      assertThat(result.cure()).isNotBlank();
      assertThat(result.came()).isNotBlank();
      assertThat(result.expected()).isNotBlank();
    }
  }

  @Test
  void shouldHaveAMistakeForEachCaseOfTheLecture() {
    Set<String> failed =
        Arrays.stream(Fault.values())
            .filter(fault -> fault != Fault.NONE)
            .map(fault -> fault.name)
            .collect(Collectors.toSet());
    List<String> names =
        Catalogue.upTo(Level.LECTURE).stream()
            .filter(each -> each.doors() == Doors.PLAIN)
            .map(Case::name)
            .toList();

    assertThat(failed).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void shouldGiveUpAServerThatAnswersNothing() throws Exception {
    try (FaultyServer server = new FaultyServer(Fault.HANGS)) {
      Report report =
          Conformance.against(at(server.port()).withPatience(Duration.ofMillis(200)))
              .run(result -> {});

      assertThat(report.count(CaseResult.Verdict.FAILED)).isEqualTo(5);
      assertThat(report.results().get(5).reason()).contains("answered nothing");
      assertThat(report.isPassed()).isFalse();
      assertThat(report.isDone(Exercise.PLAIN)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void shouldEndWithAServerThatSendsWithoutEnd(int pauseMillis) throws Exception {
    Case reading =
        Catalogue.upTo(Level.FULL).stream()
            .filter(each -> each.doors() == Doors.PLAIN)
            .filter(each -> each.name().endsWith("the-reply-is-there-for-a-client-that-reads-late"))
            .findFirst()
            .orElseThrow();
    try (EndlessServer server = new EndlessServer(pauseMillis)) {
      CaseResult result =
          Conformance.against(at(server.port()).withPatience(Duration.ofMillis(200)))
              .trial()
              .of(reading);

      assertThat(result.verdict()).as(result.toString()).isEqualTo(CaseResult.Verdict.FAILED);
      assertThat(result.reason()).as(result.toString()).isEqualTo(Clue.ENDLESS.cause());
      assertThat(result.came())
          .contains(pauseMillis == 0 ? "more than 65,536 bytes" : "no end of it");
    }
  }

  @Test
  void shouldNotTakeALackOfDevicesForSilence() throws Exception {
    try (FaultyServer server = new FaultyServer(Fault.NONE)) {
      Report report =
          Conformance.against(at(server.port()))
              .devices(IntStream.of(0x0600, 0x06AB))
              .run(result -> {});

      assertThat(report.count(CaseResult.Verdict.PASSED)).isEqualTo(1);
      assertThat(report.results().stream().skip(1)).allMatch(CaseResult::lacksDevice);
      assertThat(report.isPassed()).isFalse();
    }
  }

  @Test
  void shouldFindNothingInAServerWhoseMistakeIsNone() throws Exception {
    try (FaultyServer server = new FaultyServer(Fault.NONE)) {
      Report report = Conformance.against(at(server.port())).run(result -> {});

      assertThat(report.failed()).isEmpty();
      assertThat(report.isDone(Exercise.PLAIN)).isTrue();
    }
  }
}
