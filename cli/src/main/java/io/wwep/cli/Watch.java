package io.wwep.cli;

import io.wwep.server.EventFeed;
import io.wwep.server.ServerEvent;
import java.io.IOException;

/**
 * Prints what happens on a server until it is interrupted, and connects again where the connection
 * is lost. Owned by one thread.
 */
final class Watch {

  private static final long RETRY_MILLIS_MIN = 500;
  private static final long RETRY_MILLIS_MAX = 10_000;

  /** Where the console is, asked for each connection: a server may have been started anew. */
  interface Place {

    ConsoleAddress find() throws Unanswered;
  }

  private final Console console;
  private final Place place;
  private final FeedClient client;
  private final EventFeed.Listener log;
  private ConsoleAddress address;
  private String start;
  private String last;

  Watch(Console console, Place place, FeedClient client, EventFeed.Listener log) {
    this.console = console;
    this.place = place;
    this.client = client;
    this.log = log;
  }

  /**
   * Watches; returns when nobody reads any more.
   *
   * @throws Unanswered when the server cannot be reached at first, or refuses
   * @throws InterruptedException when the thread is interrupted
   */
  void run() throws Unanswered, InterruptedException {
    String lost = null;
    long pause = RETRY_MILLIS_MIN;
    while (!console.out().checkError()) {
      try (FeedStream stream = connect(lost != null)) {
        tell(lost);
        lost = null;
        pause = RETRY_MILLIS_MIN;
        follow(stream);
      } catch (IOException e) {
        if (start == null) {
          throw new ConsoleHttp(address, null).unreachable(e);
        }
        if (lost == null) {
          lost = ConsoleHttp.words(e);
          console.note("the connection to %s is lost (%s): trying again".formatted(address, lost));
        }
        Thread.sleep(pause);
        pause = Math.min(2 * pause, RETRY_MILLIS_MAX);
      }
    }
  }

  /** A server that is being started anew has no answer for a while. */
  private FeedStream connect(boolean again) throws IOException, InterruptedException, Unanswered {
    try {
      address = place.find();
    } catch (Unanswered e) {
      if (again && e.exitCode() == ExitCode.NO_ANSWER) {
        throw new IOException(e);
      }
      throw e;
    }
    return client.open(address, last);
  }

  private void tell(String lost) {
    if (lost != null) {
      console.note("connected to %s again".formatted(address));
    } else if (start == null && console.terminal()) {
      console.note("watching %s until Ctrl-C".formatted(address));
    }
  }

  /** Returns when nobody reads any more, or where the numbers of before mean nothing any more. */
  private void follow(FeedStream stream) throws IOException, InterruptedException, Unanswered {
    while (!console.out().checkError()) {
      FeedMessage message = stream.next();
      if (message instanceof FeedMessage.Hello hello) {
        if (start != null && !start.equals(hello.start())) {
          begin(hello.start());
          return;
        }
        start = hello.start();
      } else if (message instanceof FeedMessage.Events events) {
        for (ServerEvent event : events.events()) {
          log.event(event);
        }
        last = events.last();
      } else if (message instanceof FeedMessage.Dropped dropped) {
        log.dropped(dropped.count());
      }
    }
  }

  /** Another life of the server: all of its events are new. */
  private void begin(String another) {
    start = another;
    last = "0";
  }
}
