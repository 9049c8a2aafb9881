package io.wwep.tap;

import io.wwep.protocol.WireText;
import io.wwep.tap.change.Change;
import io.wwep.tap.decode.Message;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells what happens on one connection, and counts what passes. Methods may be called by any
 * thread.
 */
final class Reporter {

  private final Tap tap;
  private final long id;
  private final long openedNanos = System.nanoTime();
  private final AtomicLong lastNanos = new AtomicLong(openedNanos);
  private final Traffic boardTraffic = new Traffic();
  private final Traffic serverTraffic = new Traffic();

  /** What one side has sent. */
  private static final class Traffic {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong segments = new AtomicLong();
  }

  Reporter(Tap tap, long id) {
    this.tap = tap;
    this.id = id;
  }

  void opened(String board) {
    tap.tell(new TapEvent.Opened(Instant.now(), id, board));
  }

  void secured(Side with, String version, String cipherSuite, String sentence) {
    tap.tell(new TapEvent.Secured(Instant.now(), id, with, version, cipherSuite, sentence));
  }

  /** One read brought these bytes. */
  void segment(Side from, byte[] content, int length, List<Message> messages) {
    long nanos = System.nanoTime();
    long since = nanos - lastNanos.getAndSet(nanos);
    Traffic traffic = from == Side.BOARD ? boardTraffic : serverTraffic;
    traffic.bytes.addAndGet(length);
    long number = traffic.segments.incrementAndGet();
    String shown =
        WireText.show(Arrays.copyOf(content, Math.min(length, WireText.SHOWN_BYTES_MAX + 1)));
    tap.tell(
        new TapEvent.Segment(
            Instant.now(), id, from, number, Math.max(0, since), length, shown, messages));
  }

  /** Returns when the last bytes came, of either side; when it was opened if there were none. */
  long lastNanos() {
    return lastNanos.get();
  }

  /** A rule has altered what came from this side. */
  void altered(Side from, Change change) {
    tap.tell(
        new TapEvent.Altered(
            Instant.now(), id, from, change.by(), change.came(), change.forwarded()));
  }

  void fault(String fault, String sentence) {
    tap.tell(new TapEvent.Faulted(Instant.now(), id, fault, sentence));
  }

  void notice(String word, String sentence) {
    tap.tell(new TapEvent.Notice(Instant.now(), id, word, sentence));
  }

  /**
   * There is no TLS with the board, or no longer.
   *
   * @param alert its name, or null where none came
   */
  void hungUp(String alert, String sentence) {
    tap.tell(new TapEvent.HungUp(Instant.now(), id, alert, sentence));
  }

  void ended(Side side, TapEvent.Ending how, List<Message> messages) {
    tap.tell(
        new TapEvent.Ended(
            Instant.now(), id, side, how, System.nanoTime() - openedNanos, messages));
  }

  void closed() {
    tap.tell(
        new TapEvent.Closed(
            Instant.now(),
            id,
            System.nanoTime() - openedNanos,
            boardTraffic.bytes.get(),
            serverTraffic.bytes.get()));
  }
}
