package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.store.Fsync;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryRowTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "16777215, 65535, 8388607", "1, 65535, 0", "16777215, 0, 1"})
  void shouldUnpackWhatItPacked(int address, int value, int peer) {
    long row = HistoryRow.pack(address, value, peer);
    assertThat(row).isNotNegative();
    assertThat(HistoryRow.address(row)).isEqualTo(address);
    assertThat(HistoryRow.value(row)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 200, 499, 500, 501, 1000, 1003})
  void shouldBeTakenApartAgainInTheFile(int count) throws Exception {
    Path file = directory.resolve("wwep.db");
    DataFiles.makeFile(file);
    Random random = new Random(count);
    long[] rows = new long[count + 3];
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int address = random.nextInt(1 << 24);
      int value = random.nextInt(1 << 16);
      int peer = random.nextInt(HistoryRow.PEER_MAX + 1);
      rows[i] = HistoryRow.pack(address, value, peer);
      expected.add("%d|%06X|%06X|%04X".formatted(40 + i, peer, address, value));
    }
    try (Database database = new Database(file, Fsync.NEVER)) {
      database.begin(false);
      database.history().append(40, 99, rows, count);
      database.commit();
      assertThat(database.lastSequence()).isEqualTo(39 + count);
    }
    assertThat(
            Sql.rows(
                file,
                "SELECT c.id + p.i, hex(substr(writes, 8 * i + 1, 3)), hex(substr(writes, 8 * i + 4, 3)),"
                    + " hex(substr(writes, 8 * i + 7, 2)) FROM history_chunks c, positions p"
                    + " WHERE p.i < length(writes) / 8 AND time_ms = 99 ORDER BY 1"))
        .isEqualTo(expected);
  }
}
