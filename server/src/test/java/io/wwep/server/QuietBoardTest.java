package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A board that sends a message once in a while, beside others that send all the time. */
@Timeout(60)
class QuietBoardTest {

  private static final int MESSAGES = 4;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(600);
  private static final int OTHERS = 1000;

  /** One write of each other board, with device IDs from 0000 on. */
  private static final String FLOOD =
      IntStream.range(0, OTHERS).mapToObj("W%04X051234"::formatted).collect(Collectors.joining());

  @Test
  void shouldShowEachMessageOfAQuietBoard() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Wire others = running.plain()) {
      for (int i = 0; i < MESSAGES; i++) {
        long until = System.nanoTime() + PAUSE_NANOS;
        while (System.nanoTime() - until < 0) {
          others.send(FLOOD).receive(11 * OTHERS);
        }
        try (Wire quiet = running.plain()) {
          assertThat(quiet.exchange("W03FF05%04X".formatted(i))).startsWith("A03FF05");
        }
      }

      await().until(() -> shownOfQuiet(running) == MESSAGES);
      assertThat(running.dropped.get()).isGreaterThan(MESSAGES * 10_000);
    }
  }

  private static long shownOfQuiet(RunningServer running) {
    return running.transactions().stream().filter(told -> told.device() == 0x03FF).count();
  }
}
