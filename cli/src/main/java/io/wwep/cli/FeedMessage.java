package io.wwep.cli;

import io.wwep.server.ServerEvent;
import java.util.List;

/** What the event stream of a console says. */
sealed interface FeedMessage {

  /**
   * The first words.
   *
   * @param start which life of the server this is; numbers of another one mean nothing in it
   */
  record Hello(String start) implements FeedMessage {}

  /**
   * What happened.
   *
   * @param last by which number to go on
   */
  record Events(String last, List<ServerEvent> events) implements FeedMessage {}

  /** So many events were left out. */
  record Dropped(long count) implements FeedMessage {}
}
