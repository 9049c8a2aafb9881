package io.wwep.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.client.Trust;
import io.wwep.conformance.Conformance;
import io.wwep.conformance.Exercise;
import io.wwep.conformance.Report;
import io.wwep.conformance.wire.Target;
import io.wwep.testkit.SmallProgram;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small servers in C are held against all that the lecture fixes. */
@Timeout(180)
class SmallServersConformanceTest {

  @ParameterizedTest
  @ValueSource(strings = {"04", "05", "07"})
  void shouldDoItsExercise(String number, @TempDir Path directory) throws Exception {
    long seed = new Random().nextLong();
    System.out.println("small server " + number + ": seed " + seed);
    Exercise exercise =
        Arrays.stream(Exercise.values())
            .filter(each -> each.number().equals(number))
            .findFirst()
            .orElseThrow();
    ServerWithCertificate certificate = ServerWithCertificate.good(directory);
    try (SmallProgram server = SmallTarget.program(number, certificate)) {
      Target target = target(SmallTarget.of(number, server), certificate);
      Report report = Conformance.against(target).seed(seed).run(result -> {});

      assertThat(report.failed()).isEmpty();
      assertThat(report.isDone(exercise)).isTrue();
      server.endInput();
      assertThat(server.awaitExit()).as("%s", server.output()).isZero();
    }
  }

  private static Target target(SmallTarget server, ServerWithCertificate certificate) {
    Target target = Target.at("127.0.0.1");
    if (server.plainPort() != SmallTarget.NOT_SERVED) {
      target = target.withPlain(server.plainPort());
    }
    return server.tlsPort() == SmallTarget.NOT_SERVED
        ? target
        : target.withTls(server.tlsPort(), Trust.caFile(certificate.root()));
  }
}
