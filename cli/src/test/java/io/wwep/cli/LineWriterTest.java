package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineWriterTest {

  /** Counts the writes that reach the operating system, and may refuse them. */
  private static final class Device extends OutputStream {
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger bytes = new AtomicInteger();
    private volatile boolean closed;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      writes.incrementAndGet();
      if (closed) {
        throw new IOException("Broken pipe");
      }
      bytes.addAndGet(length);
    }

    LineWriter writer() {
      OutputStream buffer = new BufferedOutputStream(this, 1 << 20);
      return new LineWriter(new PrintStream(buffer, false, StandardCharsets.UTF_8));
    }
  }

  private static final int LINE_BYTES = 1 + System.lineSeparator().length();

  @Test
  void shouldShowTheFirstLineAtOnce() {
    Device device = new Device();
    try (LineWriter writer = device.writer()) {
      writer.line("x");
      assertThat(device.bytes).hasValue(LINE_BYTES);
    }
  }

  @Test
  void shouldFlushABurstSoonAndInFewWrites() {
    Device device = new Device();
    try (LineWriter writer = device.writer()) {
      for (int i = 0; i < 10_000; i++) {
        writer.line("x");
      }
      await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(device.bytes).hasValue(10_000 * LINE_BYTES));
      assertThat(device.writes.get()).isLessThan(100);
    }
  }

  @Test
  void shouldFlushWhenItIsClosed() {
    Device device = new Device();
    LineWriter writer = device.writer();
    writer.line("x");
    writer.line("y");
    writer.close();
    assertThat(device.bytes).hasValue(2 * LINE_BYTES);
  }

  @Test
  void shouldGiveUpQuietlyWhenNobodyReads() {
    Device device = new Device();
    device.closed = true;
    try (LineWriter writer = device.writer()) {
      writer.line("x");
      int writes = device.writes.get();
      for (int i = 0; i < 100; i++) {
        writer.line("x");
      }
      assertThat(device.writes).hasValue(writes);
    }
  }
}
