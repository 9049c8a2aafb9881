package io.wwep.client;

import io.wwep.protocol.Reply;
import io.wwep.protocol.ReplyParser;
import io.wwep.protocol.WireText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Runs one raw exchange on a connection of its own. Used once.
 *
 * <p>A thread of its own talks to the server, because nothing but a close ends a socket's call: so
 * the caller's thread can be interrupted, and the client be closed, whatever the exchange is at.
 */
final class RawExchanger {

  private static final byte WRITE = 'W';

  private final Settings settings;
  private final Failures failures;
  private final Connector connector;
  private final byte[] bytes;
  private final int repliesWanted;
  private final List<Reply> replies = new ArrayList<>();
  private final ReplyParser parser = new ReplyParser(replies::add);
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final CompletableFuture<RawExchange> outcome = new CompletableFuture<>();
  private String problem;
  private long deadline;

  /** Set before the first byte may leave. */
  private volatile boolean sending;

  /** Set before the connection is ended from this side: what comes of that tells nothing. */
  private volatile boolean closed;

  /**
   * @param repliesWanted 0 waits until the server closes or the time is up
   */
  RawExchanger(Settings settings, byte[] bytes, int repliesWanted) {
    this.settings = settings;
    failures = new Failures(settings);
    connector = new Connector(settings);
    this.bytes = bytes;
    this.repliesWanted = repliesWanted;
  }

  /**
   * Runs it; the caller waits.
   *
   * @throws WwepException when there is no connection, or the exchange was ended from this side
   */
  RawExchange run() {
    if (Thread.currentThread().isInterrupted()) {
      throw failures.interruptedUnsent(what());
    }
    Timers.daemon(this::work, "wwep-client exchange " + settings.endpoint()).start();
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      connector.abort();
      throw interrupted();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  /** Ends it from another thread, because the client was closed. */
  void close() {
    closed = true;
    connector.abort();
    outcome.completeExceptionally(failures.clientClosed(what(), mayBeStored()));
  }

  /** To be asked behind the abort: what was not being sent by then never will be. */
  private WwepException interrupted() {
    return sending
        ? failures.interrupted(what(), mayBeStored())
        : failures.interruptedUnsent(what());
  }

  private boolean mayBeStored() {
    boolean holdsWrite = false;
    for (byte each : bytes) {
      holdsWrite |= each == WRITE;
    }
    return sending && holdsWrite;
  }

  private String what() {
    return bytes.length == 0 ? "an exchange without bytes" : WireText.show(bytes);
  }

  // ---- the exchange's own thread

  private void work() {
    try {
      RawExchange exchange = exchange();
      if (!closed) {
        outcome.complete(exchange);
      }
    } catch (RuntimeException | Error e) {
      if (!closed) {
        outcome.completeExceptionally(e);
      }
    }
  }

  private RawExchange exchange() {
    long start = System.nanoTime();
    Link link = connector.open();
    long connected = System.nanoTime();
    deadline = connected + settings.replyTimeout().toNanos();
    // A peer that does not read can block the write, which has no timeout of its own.
    Future<?> guard = Timers.after(settings.replyTimeout().toNanos() * 2, link::abort);
    // Asked now: a socket that is closed has forgotten them.
    InetSocketAddress local = link.local();
    InetSocketAddress peer = link.peer();
    try {
      RawExchange.Ending ending = exchange(link);
      return new RawExchange(
          local,
          peer,
          bytes,
          received.toByteArray(),
          replies,
          ending,
          problem,
          suspicion(link, ending),
          Duration.ofNanos(connected - start),
          Duration.ofNanos(System.nanoTime() - connected),
          link.tls());
    } finally {
      guard.cancel(false);
      link.close();
    }
  }

  private String suspicion(Link link, RawExchange.Ending ending) {
    boolean endedByServer =
        ending == RawExchange.Ending.CLOSED || ending == RawExchange.Ending.BROKEN;
    return endedByServer && received.size() == 0 ? link.suspicion() : null;
  }

  private RawExchange.Ending exchange(Link link) {
    try {
      sending = true;
      link.output().write(bytes);
      return receive(link);
    } catch (SocketTimeoutException e) {
      return RawExchange.Ending.TIMED_OUT;
    } catch (IOException e) {
      requireAdmitted(link, e);
      problem = e.getMessage();
      return isOver() ? RawExchange.Ending.TIMED_OUT : RawExchange.Ending.BROKEN;
    }
  }

  /** What the server refused before it said anything has not been exchanged. */
  private void requireAdmitted(Link link, IOException end) {
    WwepException.NotAdmitted refusal = received.size() == 0 ? link.refusal(end) : null;
    if (refusal != null) {
      throw refusal;
    }
  }

  private RawExchange.Ending receive(Link link) throws IOException {
    InputStream input = link.input();
    byte[] buffer = new byte[4_096];
    while (!isOver()) {
      link.readTimeout((deadline - System.nanoTime()) / 1_000_000L);
      int length = input.read(buffer);
      if (length < 0) {
        return RawExchange.Ending.CLOSED;
      }
      received.write(buffer, 0, length);
      if (!parser.parse(buffer, 0, length)) {
        return RawExchange.Ending.NOT_WWEP;
      }
      if (repliesWanted > 0 && replies.size() >= repliesWanted) {
        return RawExchange.Ending.REPLIED;
      }
      if (received.size() > Limits.RAW_RECEIVED_BYTES_MAX) {
        return RawExchange.Ending.TOO_MUCH;
      }
    }
    return RawExchange.Ending.TIMED_OUT;
  }

  private boolean isOver() {
    return System.nanoTime() - deadline >= 0;
  }
}
