package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MillionRegistersTest {

  private static final int REGISTERS = 1_000_000;

  /** Sixteen apart: spread over all devices. */
  private static final int STRIDE = 16;

  /** Well under a second on a laptop; a busy build machine gets more. */
  private static final long LOAD_MILLIS_MAX = 4000;

  @TempDir private Path directory;

  @Test
  void shouldLoadAMillionRegistersQuickly() {
    try (Store store = open()) {
      for (int i = 0; i < REGISTERS; i += 10_000) {
        Call call = Call.from(Call.PLAIN);
        for (int j = i; j < i + 10_000; j++) {
          call.thenWrite(j * STRIDE, j & 0xFFFF);
        }
        call.runOn(store);
      }
    }
    long start = System.nanoTime();
    try (Store store = open()) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      System.out.println("MillionRegistersTest: loaded in " + millis + " ms");
      assertThat(store.registerCount()).isEqualTo(REGISTERS);
      assertThat(store.read((REGISTERS - 1) * STRIDE)).isEqualTo((REGISTERS - 1) & 0xFFFF);
      assertThat(store.read(1)).isEqualTo(Store.ABSENT);
      assertThat(millis).isLessThan(LOAD_MILLIS_MAX);
    }
  }

  private Store open() {
    return SqliteStore.openIn(directory, Fsync.NEVER, HistoryLimit.DEFAULT);
  }
}
