package io.wwep.server;

import io.wwep.protocol.Rejection;
import java.time.Instant;

/** Something that people may want to watch; published by {@link EventFeed}. */
public sealed interface ServerEvent {

  /** When it happened. */
  Instant time();

  /** Something that has to do with one peer, or with one port. */
  sealed interface AtPort extends ServerEvent {

    /** Whether it came in on the TLS port. */
    boolean secure();

    /** The peer as {@code address:port}; {@code -} where there is none. */
    String peer();
  }

  /**
   * A request and its reply.
   *
   * @param request the bytes that came, printable ASCII as is, others as {@code \xNN}, cut at 64
   * @param reply the first 11 bytes of the reply at most: {@code A0FAC0B1234} or {@code X}; empty
   *     when there was nobody left to answer
   * @param rejection why the reply is an X, or null when it is not
   */
  record Transaction(
      Instant time, boolean secure, String peer, String request, String reply, Rejection rejection)
      implements AtPort {}

  /**
   * Something that was no request, with its likely meaning.
   *
   * @param sentence what happened and what to look at
   */
  record Notice(Instant time, boolean secure, String peer, String sentence) implements AtPort {}

  /**
   * Something about the server itself, as its storage or its certificate.
   *
   * @param sentence what happened and what to look at
   */
  record OwnNotice(Instant time, String sentence) implements ServerEvent {}
}
