package io.wwep.it.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.power.PowerTrace.Event;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is killed ends anywhere, also within what it records. */
class PowerTraceTest {

  private static final int WRITTEN = 4;
  private static final int HEAD_BYTES = 40;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 1, HEAD_BYTES + 5})
  void shouldGoOnBehindTheLastWholeRecord(int bytes) throws Exception {
    Path file = directory.resolve("trace");
    append(file, record(1, "first"), HEAD_BYTES + 5);
    append(file, record(2, "second"), bytes);

    PowerTrace.endWithWholeRecord(file);
    append(file, record(3, "third"), HEAD_BYTES + 5);

    try (PowerTrace trace = PowerTrace.read(file)) {
      assertThat(trace.events()).extracting(Event::offset).containsExactly(1L, 3L);
      assertThat(trace.payload(trace.events().get(1))).asString().isEqualTo("third");
    }
  }

  private static void append(Path file, byte[] record, int bytes) throws Exception {
    Files.write(
        file, Arrays.copyOf(record, bytes), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static byte[] record(long offset, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(HEAD_BYTES + bytes.length)
        .order(ByteOrder.nativeOrder())
        .putInt(WRITTEN)
        .putInt(bytes.length)
        .putLong(7)
        .putLong(offset)
        .putLong(0)
        .putLong(0)
        .put(bytes)
        .array();
  }
}
