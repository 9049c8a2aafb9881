package io.wwep.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.client.Trust;
import io.wwep.client.WwepException;
import io.wwep.conformance.cases.Case;
import io.wwep.conformance.cases.Catalogue;
import io.wwep.conformance.cases.Doors;
import io.wwep.conformance.cases.Level;
import io.wwep.conformance.wire.Clue;
import io.wwep.conformance.wire.Target;
import io.wwep.protocol.RegisterId;
import io.wwep.testkit.MutualTls;
import io.wwep.testkit.SmallServer;
import io.wwep.testkit.TestServer;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Servers that are right, and those that are wrong in more than their messages. */
class ServersTest {

  private static TestServer ours;
  private static SSLContext tls;
  private static Trust trust;

  @BeforeAll
  static void start() {
    ours = TestServer.start();
    tls = MutualTls.context(ours.identity().ec(), ours.identity().ec().certificate());
    trust = Trust.caFile(ours.caFile());
  }

  @AfterAll
  static void stop() {
    ours.close();
  }

  private static Target local() {
    return Target.at("127.0.0.1").withPatience(Duration.ofSeconds(3));
  }

  private static Report check(Target target) throws Exception {
    return Conformance.against(target).run(result -> {});
  }

  private static CaseResult tryOut(Target target, Doors doors, String name) throws Exception {
    Case wanted =
        Catalogue.upTo(Level.FULL).stream()
            .filter(each -> each.doors() == doors && each.name().equals(name))
            .findFirst()
            .orElseThrow();
    return Conformance.against(target).trial().of(wanted);
  }

  @Test
  void shouldPassOurServerInAllExercises() throws Exception {
    Target target = local().withPlain(ours.plainPort()).withTls(ours.tlsPort(), trust);

    Report report = check(target);

    assertThat(report.failed()).isEmpty();
    assertThat(report.exercises()).containsExactly(Exercise.values());
    assertThat(report.exercises()).allMatch(report::isDone);
    assertThat(report.isPassed()).isTrue();
  }

  @Test
  void shouldPassTheSmallestPlainServer() throws Exception {
    try (SmallServer small = SmallServer.plain()) {
      Report report = check(local().withPlain(small.plainPort()));

      assertThat(report.failed()).isEmpty();
      assertThat(report.exercises()).containsExactly(Exercise.PLAIN);
      assertThat(report.isDone(Exercise.PLAIN)).isTrue();
      assertThat(report.isDone(Exercise.TLS)).isFalse();
    }
  }

  @Test
  void shouldPassTheSmallestTlsServer() throws Exception {
    try (SmallServer small = SmallServer.tls(tls)) {
      Report report = check(local().withTls(small.tlsPort(), trust));

      assertThat(report.failed()).isEmpty();
      assertThat(report.exercises()).containsExactly(Exercise.TLS);
      assertThat(report.isDone(Exercise.TLS)).isTrue();
    }
  }

  @Test
  void shouldPassTheSmallestServerForBoth() throws Exception {
    try (SmallServer small = SmallServer.both(tls)) {
      Report report = check(local().withPlain(small.plainPort()).withTls(small.tlsPort(), trust));

      assertThat(report.failed()).isEmpty();
      assertThat(report.exercises()).allMatch(report::isDone);
    }
  }

  @Test
  void shouldFindTwoDatabases() throws Exception {
    try (SmallServer one = SmallServer.plain();
        SmallServer other = SmallServer.tls(tls)) {
      CaseResult result =
          tryOut(
              local().withPlain(one.plainPort()).withTls(other.tlsPort(), trust),
              Doors.BOTH,
              "doors.written-through-one-port-read-through-the-other");

      assertThat(result.isFailed()).as(result.toString()).isTrue();
      assertThat(result.cure()).contains("one database");
    }
  }

  @Test
  void shouldFindATlsPortThatTakesMessagesInClear() throws Exception {
    try (SmallServer plain = SmallServer.plain();
        SmallServer secure = SmallServer.tls(tls);
        EitherPort either = new EitherPort(plain.plainPort(), secure.tlsPort())) {
      Target target = local().withTls(either.port(), trust);

      CaseResult result = tryOut(target, Doors.TLS, "doors.nothing-in-clear-through-the-tls-port");

      assertThat(result.isFailed()).as(result.toString()).isTrue();
      assertThat(result.cure()).contains("handshake");
      assertThat(tryOut(target, Doors.TLS, "messages.a-write").isPassed()).isTrue();
    }
  }

  @Test
  void shouldSayThatAPortHasNoTls() throws Exception {
    try (SmallServer plain = SmallServer.plain()) {
      Report report =
          check(local().withTls(plain.plainPort(), trust).withPatience(Duration.ofMillis(500)));

      CaseResult missing = report.missing(Exercise.TLS).orElseThrow();
      assertThat(missing.reason()).isEqualTo(Clue.NO_TLS.cause());
      assertThat(missing.came()).contains("handshake");
    }
  }

  @Test
  void shouldSayThatThePlainPortSpeaksTls() throws Exception {
    CaseResult result = tryOut(local().withPlain(ours.tlsPort()), Doors.PLAIN, "messages.a-write");

    assertThat(result.isFailed()).isTrue();
  }

  @Test
  void shouldFailWhereNobodyListens() throws Exception {
    int free;
    try (ServerSocket unused = new ServerSocket(0)) {
      free = unused.getLocalPort();
    }
    Target target = local().withPlain(free);

    assertThatThrownBy(() -> check(target))
        .isInstanceOf(WwepException.Unreachable.class)
        .hasMessageContaining("nothing listens");
  }

  @Test
  void shouldFailWhereTheCertificateIsNotTrusted() {
    Target target = local().withTls(ours.tlsPort(), Trust.system());

    assertThatThrownBy(() -> check(target)).isInstanceOf(WwepException.NotTrusted.class);
  }

  @Test
  void shouldWriteToTheDevicesThatAreNamedAndNoOthers() throws Exception {
    try (SmallServer small = SmallServer.plain()) {
      Report report =
          Conformance.against(local().withPlain(small.plainPort()))
              .devices(IntStream.rangeClosed(0x1A00, 0x1A7F))
              .run(result -> {});

      assertThat(report.isPassed()).isTrue();
      assertThat(report.written())
          .isNotEmpty()
          .extracting(RegisterId::device)
          .allMatch(device -> device >= 0x1A00 && device <= 0x1A7F);
    }
  }

  @Test
  void shouldLeaveOutWhatHasNoDeviceLeft() throws Exception {
    try (SmallServer small = SmallServer.plain()) {
      Report report =
          Conformance.against(local().withPlain(small.plainPort()))
              .devices(IntStream.of(0x1AFE, 0x1AFF))
              .run(result -> {});

      assertThat(report.count(CaseResult.Verdict.PASSED)).isEqualTo(2);
      assertThat(report.failed()).isEmpty();
      assertThat(report.isPassed()).isFalse();
      assertThat(report.missing(Exercise.PLAIN).orElseThrow().reason()).contains("no device");
    }
  }

  @Test
  void shouldGiveEachCaseANameOfItsOwn() {
    List<String> names = Catalogue.upTo(Level.EXHAUSTIVE).stream().map(Case::toString).toList();

    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+ [a-z0-9.-]+"));
  }
}
