package io.wwep.tap;

import io.wwep.client.ServerLink;
import io.wwep.client.TlsDetails;
import io.wwep.client.WwepException;
import io.wwep.protocol.WireText;
import io.wwep.tap.change.FaultPlan;
import io.wwep.tap.decode.Conversation;
import io.wwep.tap.decode.Message;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection of a board, with the one to the server that goes with it. Its own thread opens the
 * second and moves what comes back; another one moves what the board sends.
 */
final class Session {

  private final Tap tap;
  private final long id;
  private final Socket accepted;
  private final String boardName;
  private final long openedNanos = System.nanoTime();
  private final Conversation conversation;
  private final AtomicLong lastNanos = new AtomicLong(openedNanos);
  private final Traffic boardTraffic = new Traffic();
  private final Traffic serverTraffic = new Traffic();
  private volatile Recording recording = Recording.none();
  private volatile Wire board;
  private volatile Wire server;
  private final AtomicBoolean over = new AtomicBoolean();
  private final CountDownLatch ending = new CountDownLatch(1);
  private volatile long boardEndedNanos;
  private volatile boolean boardEnded;

  Session(Tap tap, long id, Socket accepted) {
    this.tap = tap;
    this.id = id;
    this.accepted = accepted;
    board = new Wire(accepted, accepted);
    boardName = Tap.words(board.remote());
    conversation = new Conversation(tap.config().tls() != null);
  }

  /** Lives the whole life of the connection; the caller's thread is its own. */
  void run() {
    tell(new TapEvent.Opened(time(), id, boardName));
    try {
      accepted.setTcpNoDelay(true);
      relay();
    } catch (Handshaking.Failed e) {
      tell(new TapEvent.HungUp(time(), id, e.alert(), e.getMessage()));
      farewell();
    } catch (WwepException e) {
      tell(
          new TapEvent.Notice(
              time(),
              id,
              "no-server",
              e.getMessage() + "; the board sees its connection closed without a reply"));
      farewell();
    } catch (IOException gone) {
      // The board left before anything could be done for it.
    } finally {
      close();
      tell(
          new TapEvent.Closed(
              time(),
              id,
              now() - openedNanos,
              boardTraffic.bytes.get(),
              serverTraffic.bytes.get()));
    }
  }

  private void relay() throws IOException, Handshaking.Failed {
    if (tap.config().tls() != null) {
      board = new Securing(tap, this, accepted).run();
    }
    ServerLink link = Impostor.open(tap.config());
    server = new Wire(link.tcp(), link.top());
    if (isOver()) {
      server.close(); // whoever ended this meanwhile saw no server yet
      return;
    }
    link.tls().ifPresent(this::securedWithServer);
    recording = Recording.begin(tap.capture(), tap.config(), id, board, server);
    Upward upward = new Upward(this, board, server);
    Thread thread = new Thread(upward::run, "wwep-tap-up-" + id);
    thread.setDaemon(true);
    thread.start();
    new Downward(this, board, server).run();
    awaitBoard(thread);
  }

  /** Waits for the board to end its side too, which some firmware never does. */
  private void awaitBoard(Thread upward) {
    long since = now();
    try {
      while (upward.isAlive()) {
        upward.join(TapLimits.POLL_MILLIS);
        if (!isOver() && upward.isAlive() && isLong(Math.max(since, lastNanos.get()))) {
          giveUp(
              "the server has ended its side, and the board has neither sent anything nor closed for %s s: its connection was closed; have the firmware close its socket when a read says that there is no more");
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isLong(long sinceNanos) {
    return now() - sinceNanos > tap.halfEndedTime().toNanos();
  }

  private void giveUp(String sentence) {
    String seconds = "%d".formatted(Math.max(1, tap.halfEndedTime().toSeconds()));
    tell(new TapEvent.Notice(time(), id, "half-closed", sentence.formatted(seconds)));
    close();
  }

  private void securedWithServer(TlsDetails details) {
    tell(
        new TapEvent.Secured(
            time(),
            id,
            Side.SERVER,
            details.version(),
            details.cipherSuite(),
            "the server takes the tap for a client"));
  }

  /** Lets a board that is turned away see an end in order, and not a reset. */
  private void farewell() {
    try {
      board.endOutput();
      accepted.setSoTimeout(TapLimits.FAREWELL_MILLIS);
      byte[] rest = new byte[TapLimits.SEGMENT_BYTES_MAX];
      long deadline = System.nanoTime() + TapLimits.FAREWELL_MILLIS * 1_000_000L;
      while (accepted.getInputStream().read(rest) >= 0 && System.nanoTime() < deadline) {
        // What it still sends has nobody to go to.
      }
    } catch (IOException gone) {
      // It has left, or does not: both are its own affair.
    }
  }

  /** Ends both connections at once; may be called by any thread. */
  void close() {
    end();
    board.close();
    Wire.close(accepted);
    Wire other = server;
    if (other != null) {
      other.close();
    }
  }

  /** Ends the board's connection by a fault, and the server's with it. */
  void cut(boolean byReset, String comment) {
    recording.cut(byReset, comment);
    end();
    if (byReset) {
      board.reset();
    } else {
      board.endOutput();
      // A board that never closes would keep the connection for ever.
      tap.later(board::close, TapLimits.FAREWELL_MILLIS);
    }
    server.close();
  }

  // ---- for the pumps

  TapConfig config() {
    return tap.config();
  }

  FaultPlan plan() {
    return tap.plan();
  }

  Conversation conversation() {
    return conversation;
  }

  Recording recording() {
    return recording;
  }

  long id() {
    return id;
  }

  boolean isOver() {
    return over.get();
  }

  /** Says that it is over; returns whether it was not before. */
  boolean end() {
    ending.countDown();
    return over.compareAndSet(false, true);
  }

  Instant time() {
    return Instant.now();
  }

  long now() {
    return System.nanoTime();
  }

  void tell(TapEvent event) {
    tap.tell(event);
  }

  void fault(String fault, String sentence) {
    tell(new TapEvent.Faulted(time(), id, fault, sentence));
  }

  void segment(Side from, byte[] content, int length, List<Message> messages) {
    long nanos = now();
    long since = nanos - lastNanos.getAndSet(nanos);
    Traffic traffic = from == Side.BOARD ? boardTraffic : serverTraffic;
    traffic.bytes.addAndGet(length);
    long number = traffic.segments.incrementAndGet();
    String shown =
        WireText.show(Arrays.copyOf(content, Math.min(length, WireText.SHOWN_BYTES_MAX + 1)));
    tell(
        new TapEvent.Segment(
            time(), id, from, number, Math.max(0, since), length, shown, messages));
  }

  void ended(Side side, TapEvent.Ending how, List<Message> messages) {
    if (side == Side.BOARD) {
      boardEndedNanos = now();
      boardEnded = true;
    }
    tell(new TapEvent.Ended(time(), id, side, how, now() - openedNanos, messages));
  }

  /**
   * Waits, unless the connection or the tap ends meanwhile. A board that has ended its side may
   * wait for its replies, but more likely it is gone: then it is not waited for long.
   */
  void pause(Duration time) {
    pauseMillis(time.toMillis());
  }

  void pauseMillis(long millis) {
    long end = now() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - now(); left > 0 && !isOver(); left = end - now()) {
      if (boardEnded && isLong(boardEndedNanos)) {
        giveUp(
            "the board ended its side %s s ago, and its reply was still held back: it was taken for gone, and its connection closed");
        return;
      }
      await(Math.min(left, TimeUnit.MILLISECONDS.toNanos(TapLimits.POLL_MILLIS)));
    }
  }

  private void await(long nanos) {
    try {
      ending.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  /** What one side has sent. */
  private static final class Traffic {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong segments = new AtomicLong();
  }
}
