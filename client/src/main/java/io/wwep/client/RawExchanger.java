package io.wwep.client;

import io.wwep.protocol.Reply;
import io.wwep.protocol.ReplyParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** Runs one raw exchange on a connection of its own, on the caller's thread. Used once. */
final class RawExchanger {

  private final Settings settings;
  private final byte[] bytes;
  private final int repliesWanted;
  private final List<Reply> replies = new ArrayList<>();
  private final ReplyParser parser = new ReplyParser(replies::add);
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private String problem;
  private long deadline;

  /**
   * @param repliesWanted 0 waits until the server closes or the time is up
   */
  RawExchanger(Settings settings, byte[] bytes, int repliesWanted) {
    this.settings = settings;
    this.bytes = bytes;
    this.repliesWanted = repliesWanted;
  }

  RawExchange run() {
    long start = System.nanoTime();
    Link link = new Connector(settings).open();
    long connected = System.nanoTime();
    deadline = connected + settings.replyTimeout().toNanos();
    // A peer that does not read can block the write, which has no timeout of its own.
    Future<?> guard = Timers.after(settings.replyTimeout().toNanos() * 2, link::abort);
    try {
      RawExchange.Ending ending = exchange(link);
      return new RawExchange(
          bytes,
          received.toByteArray(),
          replies,
          ending,
          problem,
          Duration.ofNanos(connected - start),
          Duration.ofNanos(System.nanoTime() - connected),
          link.tls());
    } finally {
      guard.cancel(false);
      link.close();
    }
  }

  private RawExchange.Ending exchange(Link link) {
    try {
      link.output().write(bytes);
      return receive(link);
    } catch (SocketTimeoutException e) {
      return RawExchange.Ending.TIMED_OUT;
    } catch (IOException e) {
      problem = e.getMessage();
      return isOver() ? RawExchange.Ending.TIMED_OUT : RawExchange.Ending.BROKEN;
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
