package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A parser that allocates would make the garbage collector's pauses part of every reply. */
class FrameParserAllocationTest {

  private static final int FRAMES = 1_000_000;

  /** The measurement itself may take a little; one object for each frame would be 16 MB. */
  private static final long TOLERATED_BYTES = 4096;

  /** Counts, and keeps the parser from being optimised away. */
  private static final class CountingSink implements FrameSink {

    private int frames;
    private long sum;

    @Override
    public void read(int address) {
      frames++;
      sum += address;
    }

    @Override
    public void write(int address, int value) {
      frames++;
      sum += address + value;
    }

    @Override
    public void reject(RejectCode code) {
      throw new AssertionError(code);
    }

    @Override
    public void emptyLine() {
      sum++;
    }
  }

  @Test
  void shouldNotAllocateOnALegalStream() {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean,
        "this JVM does not count a thread's allocations");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] stream = Reads.bytes("W0FAC0B1234R0fac0b\r\nR0BAC0B\n\nWFFFFFFffff\r\n".repeat(64));
    CountingSink sink = new CountingSink();
    FrameParser parser = new FrameParser(false, sink);
    feed(parser, sink, stream, FRAMES / 10);
    sink.frames = 0;

    long before = threads.getCurrentThreadAllocatedBytes();
    feed(parser, sink, stream, FRAMES);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(sink.frames).isGreaterThanOrEqualTo(FRAMES);
    assertThat(sink.sum).isPositive();
    assertThat(allocated).as("bytes for %d frames", sink.frames).isLessThan(TOLERATED_BYTES);
  }

  /** Feeds the stream over and over in reads of changing length, so that most frames are cut. */
  private static void feed(FrameParser parser, CountingSink sink, byte[] stream, int frames) {
    int length = 1;
    while (sink.frames < frames) {
      for (int start = 0; start < stream.length; start += length) {
        length = length % 61 + 1;
        parser.parse(stream, start, Math.min(stream.length, start + length));
      }
    }
  }
}
