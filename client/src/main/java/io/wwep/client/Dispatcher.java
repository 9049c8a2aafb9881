package io.wwep.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * Brings requests to the server in the order in which they were submitted, over one connection at a
 * time.
 *
 * <p>One daemon thread takes requests from the queue, opens connections, and decides by {@link
 * ServerHabit} what may go on the connection at hand. A read that a connection left unanswered goes
 * back to the head of the queue, once. A write never does after a byte of it may have left.
 */
final class Dispatcher implements Connection.Owner {

  private final Settings settings;
  private final Connector connector;
  private final Failures failures;
  private final ServerHabit habit = new ServerHabit();
  private final LinkedBlockingDeque<Pending> queue = new LinkedBlockingDeque<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile long answeredNanos = System.nanoTime();

  /** Set by the dispatcher's thread; another one only closes it. */
  private volatile Connection current;

  private boolean started;

  Dispatcher(Settings settings) {
    this.settings = settings;
    connector = new Connector(settings);
    failures = new Failures(settings);
    thread = Timers.daemon(this::run, "wwep-client " + settings.endpoint());
  }

  /**
   * Takes a request; its outcome comes in any case.
   *
   * @throws IllegalStateException when the client is closed
   */
  void submit(Pending pending) {
    synchronized (this) {
      if (closed) {
        throw failures.alreadyClosed();
      }
      if (!started) {
        started = true;
        thread.start();
      }
    }
    queue.addLast(pending);
    takeBackIfClosed(pending, false);
  }

  /** Ends the thread and the connection. What has no outcome yet gets one. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    connector.abort();
    thread.interrupt();
    closeCurrent();
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- the dispatcher's thread

  private void run() {
    try {
      while (!closed) {
        place(queue.takeFirst());
      }
    } catch (InterruptedException e) {
      // close() interrupts; the rest is the same as at any other end.
    } finally {
      closeCurrent();
      for (Pending left = queue.poll(); left != null; left = queue.poll()) {
        left.fail(failures.clientClosed(left, false));
      }
    }
  }

  private void place(Pending first) throws InterruptedException {
    if (!first.isRepeated() && waitedTooLong(first)) {
      first.fail(failures.noRoom(first.toString(), settings.queueTimeout()));
      return;
    }
    try {
      Connection connection = connectionFor(first);
      List<Pending> batch = batch(connection, first);
      if (closed || !connection.send(batch)) {
        putBack(batch, connection.ending());
      }
    } catch (WwepException e) {
      failAll(List.of(first), e);
    } catch (InterruptedException e) {
      first.fail(failures.clientClosed(first, false));
      throw e;
    }
  }

  /** Requests behind one that is overdue wait for it; as long as others are answered, they may. */
  private boolean waitedTooLong(Pending pending) {
    long since = Math.max(pending.submittedNanos() - answeredNanos, 0) + answeredNanos;
    return System.nanoTime() - since > settings.queueTimeout().toNanos();
  }

  private Connection connectionFor(Pending request) throws InterruptedException {
    Connection connection = current;
    if (connection == null) {
      return reconnect();
    }
    if (connection.replies() < 2) {
      // Whether a second request is welcome shows only after the first reply.
      connection.awaitQuiet();
    }
    if (habit.closesAfterReply()) {
      connection.awaitClose(ServerHabit.CLOSE_GRACE_NANOS);
      if (connection.isOpen()) {
        habit.keptOpen();
      }
    }
    return connection.isOpen() && mayCarry(connection, request) ? connection : reconnect();
  }

  private boolean mayCarry(Connection connection, Pending request) throws InterruptedException {
    return switch (connection.step(request.isWrite())) {
      case SEND -> true;
      case PROBE -> probe(connection, request);
      case RECONNECT -> false;
    };
  }

  private static boolean probe(Connection connection, Pending request) throws InterruptedException {
    int repliesBefore = connection.replies();
    if (!connection.send(List.of(Pending.probe(request.request())))) {
      return false;
    }
    connection.awaitQuiet();
    return connection.isOpen() && connection.replies() > repliesBefore;
  }

  private Connection reconnect() {
    closeCurrent();
    current = new Connection(connector.open(), settings, habit, this).start();
    return current;
  }

  private void closeCurrent() {
    Connection connection = current;
    if (connection != null) {
      connection.close();
    }
  }

  /** Adds what may be sent in the same go behind the first request. */
  private List<Pending> batch(Connection connection, Pending first) {
    List<Pending> batch = new ArrayList<>();
    batch.add(first);
    if (habit.allowsPipelining(connection.replies())) {
      Pending next = queue.poll();
      while (next != null) {
        batch.add(next);
        next = batch.size() < Limits.BATCH_FRAMES_MAX ? queue.poll() : null;
      }
    }
    return batch;
  }

  /** The connection ended before these were handed to it: they were not sent, writes neither. */
  private void putBack(List<Pending> batch, Ending ending) {
    if (ending.refusal() != null) {
      failAll(batch, ending.refusal());
      return;
    }
    for (int i = batch.size() - 1; i >= 0; i--) {
      Pending pending = batch.get(i);
      if (pending.takeUnsentTry()) {
        queue.addFirst(pending);
      } else {
        pending.fail(unlessClosed(pending, failures.neverSent(ending)));
      }
    }
  }

  /**
   * There is no way to the server: all who waited for it get to know at once. Who comes after the
   * first of them knows gets an attempt of its own, so the queue is emptied before.
   */
  private void failAll(List<Pending> first, WwepException cause) {
    List<Pending> all = new ArrayList<>(first);
    queue.drainTo(all);
    all.forEach(pending -> pending.fail(unlessClosed(pending, cause)));
  }

  /**
   * close() ends what the thread is doing, and that looks like a fault of the network or server.
   */
  private WwepException unlessClosed(Pending unsent, WwepException cause) {
    return closed ? failures.clientClosed(unsent, false) : cause;
  }

  // ---- told by connections

  @Override
  public void answered() {
    answeredNanos = System.nanoTime();
  }

  /**
   * Reads go back to the head of the queue. Only the first one is charged with a repetition: it is
   * the one that the server did not answer, the others never had their turn.
   */
  @Override
  public void orphaned(List<Pending> orphans, Ending ending) {
    if (ending.refusal() != null) {
      failAll(orphans, ending.refusal());
      return;
    }
    for (int i = orphans.size() - 1; i >= 0; i--) {
      Pending orphan = orphans.get(i);
      if (closed) {
        orphan.fail(failures.clientClosed(orphan, true));
      } else if (orphan.isRepeatable() && (i > 0 || orphan.takeRepetition())) {
        queue.addFirst(orphan);
        takeBackIfClosed(orphan, true);
      } else {
        orphan.fail(failures.broken(orphan, ending));
      }
    }
  }

  /** Whoever gets the request out of the queue fails it; the thread may be past its last look. */
  private void takeBackIfClosed(Pending pending, boolean sent) {
    if (closed && queue.remove(pending)) {
      pending.fail(failures.clientClosed(pending, sent));
    }
  }
}
