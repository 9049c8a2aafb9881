package io.wwep.tap;

import io.wwep.client.ServerLink;
import io.wwep.client.TlsDetails;
import io.wwep.client.WwepException;
import io.wwep.tap.change.FaultPlan;
import io.wwep.tap.decode.Conversation;
import io.wwep.tap.decode.Message;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One connection of a board, with the one to the server that goes with it. Its own thread opens the
 * second and moves what comes back; another one moves what the board sends.
 */
final class Session {

  private final Tap tap;
  private final long id;
  private final Socket accepted;
  private final String boardName;
  private final Conversation conversation;
  private final Reporter reporter;
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
    reporter = new Reporter(tap, id);
    conversation = new Conversation(tap.config().tls() != null);
  }

  /** Lives the whole life of the connection; the caller's thread is its own. */
  void run() {
    reporter.opened(boardName);
    try {
      accepted.setTcpNoDelay(true);
      relay();
    } catch (Handshaking.Failed e) {
      reporter.hungUp(e.alert(), e.getMessage());
      farewell();
    } catch (WwepException e) {
      reporter.notice(
          "no-server", e.getMessage() + "; the board sees its connection closed without a reply");
      farewell();
    } catch (IOException gone) {
      // The board left before anything could be done for it.
    } finally {
      close();
      reporter.closed();
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
        if (!isOver() && upward.isAlive() && isLong(Math.max(since, reporter.lastNanos()))) {
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
    reporter.notice("half-closed", sentence.formatted(seconds));
    close();
  }

  private void securedWithServer(TlsDetails details) {
    reporter.secured(
        Side.SERVER,
        details.version(),
        details.cipherSuite(),
        "the server takes the tap for a client");
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

  Reporter reporter() {
    return reporter;
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

  long now() {
    return System.nanoTime();
  }

  void ended(Side side, TapEvent.Ending how, List<Message> messages) {
    if (side == Side.BOARD) {
      boardEndedNanos = now();
      boardEnded = true;
    }
    reporter.ended(side, how, messages);
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
}
