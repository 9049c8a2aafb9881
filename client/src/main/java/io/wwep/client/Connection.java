package io.wwep.client;

import io.wwep.protocol.Reply;
import io.wwep.protocol.ReplyParser;
import io.wwep.protocol.Request;
import io.wwep.protocol.WireText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One connection and the requests that are in flight on it, oldest first.
 *
 * <p>Threads: the dispatcher sends and waits, a daemon thread of this connection reads, and the
 * timer thread ends the connection when the oldest request is overdue: replies carry no number, so
 * behind a reply that is missing nothing can be told apart. State is guarded by {@code this};
 * outcomes are delivered outside of it.
 */
final class Connection {

  /** The one who is told what comes of a connection; called on any thread, without a lock. */
  interface Owner {

    /** A reply came. */
    void answered();

    /** The connection ended with these requests handed to it and unanswered, oldest first. */
    void orphaned(List<Pending> orphans, Ending ending);
  }

  private static final int READ_BYTES = 4_096;

  /** How long the reader may take to hear of an end that a write has met. */
  private static final long LAST_WORDS_NANOS = 200_000_000L;

  private final Link link;
  private final Settings settings;
  private final Failures failures;
  private final ServerHabit habit;
  private final Owner owner;
  private final ReplyParser parser = new ReplyParser(this::take);

  private final ArrayDeque<Pending> inFlight = new ArrayDeque<>();
  private boolean open = true;
  private int replies;
  private long lastReplyNanos;
  private long roundTripNanos;
  private Future<?> watchdog;
  private Future<?> lastWords;

  /** How it ended; says nothing of one that is open, or was ended from this side. */
  private Ending ending = Ending.of(null);

  Connection(Link link, Settings settings, ServerHabit habit, Owner owner) {
    this.link = link;
    this.settings = settings;
    this.habit = habit;
    this.owner = owner;
    failures = new Failures(settings);
  }

  Connection start() {
    Timers.daemon(this::read, "wwep-client reader " + settings.endpoint()).start();
    return this;
  }

  // ---- the dispatcher's side

  /**
   * Hands requests to the socket.
   *
   * @return false when the connection had ended before; then no byte of them was handed over
   */
  boolean send(List<Pending> batch) {
    byte[] bytes = encode(batch);
    synchronized (this) {
      if (!open) {
        return false;
      }
      long now = System.nanoTime();
      batch.forEach(pending -> pending.sent(now));
      inFlight.addAll(batch);
      if (watchdog == null) {
        watch(settings.replyTimeout().toNanos());
      }
    }
    try {
      link.output().write(bytes);
    } catch (IOException e) {
      awaitLastWords(e);
    }
    return true;
  }

  /** The reader is about to hear of the end too, and over TLS of the alert that tells why. */
  private synchronized void awaitLastWords(IOException cause) {
    if (open) {
      lastWords = Timers.after(LAST_WORDS_NANOS, () -> endedByServer(cause));
    }
  }

  private static byte[] encode(List<Pending> batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    batch.forEach(pending -> bytes.writeBytes(pending.frame()));
    return bytes.toByteArray();
  }

  /** Waits until nothing is in flight; the watchdog bounds it. */
  synchronized void awaitQuiet() throws InterruptedException {
    while (open && !inFlight.isEmpty()) {
      wait();
    }
  }

  /** Waits for the server's close until {@code graceNanos} after its last reply. */
  synchronized void awaitClose(long graceNanos) throws InterruptedException {
    long left = lastReplyNanos + graceNanos - System.nanoTime();
    while (open && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = lastReplyNanos + graceNanos - System.nanoTime();
    }
  }

  synchronized boolean isOpen() {
    return open;
  }

  synchronized Ending ending() {
    return ending;
  }

  synchronized int replies() {
    return replies;
  }

  /** Returns what {@link ServerHabit} makes of this connection for a read or a write. */
  synchronized ServerHabit.Step step(boolean write) {
    long idleNanos = inFlight.isEmpty() ? System.nanoTime() - lastReplyNanos : 0;
    return habit.step(write, replies, idleNanos, roundTripNanos);
  }

  /** Ends the connection from this side. */
  void close() {
    List<Pending> orphans;
    synchronized (this) {
      if (!open) {
        return;
      }
      orphans = shut();
    }
    link.close();
    owner.orphaned(orphans, Ending.of(null));
  }

  // ---- the reader's side

  private void read() {
    byte[] buffer = new byte[READ_BYTES];
    try {
      InputStream input = link.input();
      int length = input.read(buffer);
      while (length >= 0 && isOpen()) {
        if (!parser.parse(buffer, 0, length)) {
          String shown = WireText.show(Arrays.copyOf(buffer, length));
          endedByUs(pending -> failures.notWwep(pending, shown));
          return;
        }
        length = input.read(buffer);
      }
      endedByServer(null);
    } catch (IOException e) {
      endedByServer(e);
    }
  }

  /** One reply, on the reader's thread. */
  private void take(Reply reply) {
    Pending head;
    List<Pending> orphans = null;
    synchronized (this) {
      if (!open) {
        return;
      }
      head = inFlight.poll();
      if (head != null && answers(head, reply)) {
        count(head);
      } else {
        orphans = shut();
      }
    }
    if (orphans == null) {
      owner.answered();
      head.complete(outcome(reply));
    } else {
      // Nobody asked for this reply: what follows cannot be told apart any more.
      if (head != null) {
        head.fail(failures.wrongReply(head, (Reply.Accepted) reply));
      }
      link.abort();
      owner.orphaned(
          orphans, Ending.of(new IOException("a reply came that belongs to no request")));
    }
  }

  private void count(Pending head) {
    lastReplyNanos = System.nanoTime();
    if (++replies == 1) {
      roundTripNanos = lastReplyNanos - head.sentNanos();
    }
    habit.replied(replies);
    if (inFlight.isEmpty()) {
      notifyAll();
    }
  }

  private static boolean answers(Pending pending, Reply reply) {
    if (!(reply instanceof Reply.Accepted accepted)) {
      return true;
    }
    Request request = pending.request();
    boolean sameValue =
        !(request instanceof Request.Write write) || write.value() == accepted.value();
    return sameValue && accepted.id().equals(request.id());
  }

  private static Outcome outcome(Reply reply) {
    return reply instanceof Reply.Accepted accepted
        ? new Outcome.Value(accepted.value())
        : new Outcome.Rejected(((Reply.Rejected) reply).explanation());
  }

  // ---- the end

  private void watch(long delayNanos) {
    watchdog = Timers.after(delayNanos, this::checkOverdue);
  }

  private void checkOverdue() {
    List<Pending> orphans;
    synchronized (this) {
      watchdog = null;
      Pending head = inFlight.peek();
      if (!open || head == null) {
        return;
      }
      long left = head.sentNanos() + settings.replyTimeout().toNanos() - System.nanoTime();
      if (left > 0) {
        watch(left);
        return;
      }
      orphans = shut();
    }
    end(orphans, failures::timedOut);
  }

  private void endedByUs(Function<Pending, WwepException> headFailure) {
    List<Pending> orphans;
    synchronized (this) {
      if (!open) {
        return;
      }
      orphans = shut();
    }
    end(orphans, headFailure);
  }

  private void end(List<Pending> orphans, Function<Pending, WwepException> headFailure) {
    link.abort();
    if (!orphans.isEmpty()) {
      Pending head = orphans.remove(0);
      head.fail(headFailure.apply(head));
    }
    owner.orphaned(orphans, Ending.of(null));
  }

  private void endedByServer(IOException cause) {
    List<Pending> orphans;
    synchronized (this) {
      if (!open) {
        return;
      }
      orphans = shut();
      ending = replies == 0 ? Ending.beforeReply(link, cause) : Ending.of(cause);
      habit.closed(replies, !orphans.isEmpty(), System.nanoTime() - lastReplyNanos);
    }
    if (cause == null) {
      link.close();
    } else {
      link.abort();
    }
    owner.orphaned(orphans, ending);
  }

  /** Closes the books, with the lock held; the caller ends the link and cares for the orphans. */
  private List<Pending> shut() {
    open = false;
    List<Pending> orphans = new ArrayList<>(inFlight);
    inFlight.clear();
    if (watchdog != null) {
      watchdog.cancel(false);
    }
    if (lastWords != null) {
      lastWords.cancel(false);
    }
    notifyAll();
    return orphans;
  }
}
