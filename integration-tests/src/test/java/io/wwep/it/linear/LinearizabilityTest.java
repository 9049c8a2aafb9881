package io.wwep.it.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Figures;
import io.wwep.it.Scale;
import io.wwep.it.WwepProcess;
import io.wwep.testkit.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over all connections, plain and TLS, each register is linearizable, through kills too
 * (PROTOCOL.md, Durability and order).
 */
@Tag("staged")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class LinearizabilityTest {

  private static final int KILLS = Scale.of(2, 60);
  private static final int OPERATIONS_OF_A_LIFE = Scale.of(10_000, 20_000);
  private static final int OPERATIONS_TO_FIND_A_FAULT = 5_000;

  @TempDir private Path directory;

  @Test
  void shouldBeLinearizableOverAllConnectionsAndThroughKills() throws Exception {
    long seed = Scale.seed("LinearizabilityTest");
    Random random = new Random(seed);
    try (Crowd crowd = new Crowd(seed)) {
      for (int kill = 0; kill < KILLS; kill++) {
        int enough = OPERATIONS_OF_A_LIFE / 2 + random.nextInt(OPERATIONS_OF_A_LIFE);
        useAndKill(crowd, enough);
      }
      try (WwepProcess server = WwepProcess.serve(directory, "--quiet")) {
        crowd.use(server.plainPort(), server.tlsPort(), OPERATIONS_OF_A_LIFE);
        check(crowd.finish());
      }
    }
  }

  private void useAndKill(Crowd crowd, int operations) throws Exception {
    try (WwepProcess server = WwepProcess.serve(directory, "--quiet")) {
      crowd.use(server.plainPort(), server.tlsPort(), operations);
      crowd.kill(server);
    }
  }

  private static void check(History history) {
    List<String> violations = history.violations();
    Figures.note("linear.operations", history.operations().size());
    Figures.note("linear.kills", KILLS);
    Figures.note("linear.unknown", history.unknownCount());
    Figures.note("linear.registers", history.byRegister().size());
    Figures.note("linear.violations", violations.size());
    assertThat(violations).isEmpty();
    assertThat(history.operations()).hasSizeGreaterThan(KILLS * OPERATIONS_OF_A_LIFE / 2);
    assertThat(history.unknownCount())
        .as("writes that kills left open, and no others")
        .isBetween(1L, (long) KILLS * Crowd.UNDER_WAY_MAX);
  }

  /**
   * The newest writes are in SQLite's log, so that a restart without it has lost them. Without its
   * mark too, or the server would notice.
   */
  @Test
  void shouldFindThatARestartHasLostWrites() throws Exception {
    try (Crowd crowd = new Crowd(Scale.seed("lost writes"))) {
      useAndKill(crowd, OPERATIONS_TO_FIND_A_FAULT);
      Files.delete(directory.resolve("wwep-data").resolve("wwep.db-wal"));
      Files.delete(directory.resolve("wwep-data").resolve("wwep.mark"));
      try (WwepProcess server = WwepProcess.serve(directory, "--quiet")) {
        crowd.use(server.plainPort(), server.tlsPort(), 1);
        assertThat(crowd.finish().violations()).isNotEmpty();
      }
    }
  }

  /** All reads are stale, or one in twenty batches of them. */
  @ParameterizedTest
  @ValueSource(ints = {0, 19})
  void shouldFindAServerThatAnswersBeforeItsStoreHasTheWrite(int rightAnswers) throws Exception {
    try (TestServer server =
            TestServer.start(UnaryOperator.identity(), new LaggingStore(rightAnswers));
        Crowd crowd = new Crowd(Scale.seed("stale reads"))) {
      crowd.use(server.plainPort(), server.tlsPort(), OPERATIONS_TO_FIND_A_FAULT);
      assertThat(crowd.finish().violations()).isNotEmpty();
    }
  }
}
