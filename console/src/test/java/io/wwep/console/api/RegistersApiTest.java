package io.wwep.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.console.RunningConsole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistersApiTest {

  private static final int WRITERS = 8;

  @TempDir private Path directory;

  @Test
  void shouldSayToOneOfSeveralThatItWasTheFirstToWrite() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try (RunningConsole console = RunningConsole.withHistoryIn(directory)) {
      List<Callable<Integer>> writes =
          IntStream.range(0, WRITERS)
              .mapToObj(i -> (Callable<Integer>) () -> console.put("0FAC0B", i).status())
              .toList();
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> each : writers.invokeAll(writes)) {
        statuses.add(each.get());
      }
      Collections.sort(statuses);
      assertThat(statuses).hasSize(WRITERS).endsWith(201).containsOnlyOnce(201);
      assertThat(statuses.get(0)).isEqualTo(200);
      assertThat(statuses.get(WRITERS - 2)).isEqualTo(200);
    } finally {
      writers.shutdownNow();
    }
  }
}
