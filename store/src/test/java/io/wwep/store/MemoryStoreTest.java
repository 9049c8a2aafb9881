package io.wwep.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryStoreTest extends StoreContract {

  @TempDir private Path directory;

  @Override
  Store open() {
    return Stores.open("memory:", directory.resolve("data"), Fsync.ALWAYS, HistoryLimit.DEFAULT);
  }

  @Test
  void shouldTouchNoFile() {
    try (Store store = open()) {
      Call.write(1, 2).runOn(store);
      assertThat(store.description()).isEqualTo("memory only, gone with the process");
    }
    assertThat(Files.exists(directory.resolve("data"))).isFalse();
  }
}
