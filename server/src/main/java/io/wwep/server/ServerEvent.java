package io.wwep.server;

import io.wwep.protocol.Rejection;
import io.wwep.protocol.ShownFrame;
import io.wwep.server.access.Door;
import java.net.InetSocketAddress;
import java.time.Instant;

/** Something that people may want to watch; published by {@link EventFeed}. */
public sealed interface ServerEvent {

  /** When it happened. */
  Instant time();

  /** Something that has to do with one peer, or with one door. */
  sealed interface AtPort extends ServerEvent {

    /** Where it came in. */
    Door door();

    /** Whether it came in on the TLS port. */
    default boolean secure() {
      return door() == Door.TLS;
    }

    /** The peer as {@code address:port}; {@code -} where there is none. */
    String peer();

    /** Returns how a peer at this address is told, an IPv6 address in brackets. */
    static String peerAt(InetSocketAddress address) {
      return new Peer(address, Door.PLAIN).text();
    }
  }

  /**
   * A request and its reply.
   *
   * @param tls the version of TLS, as in {@code TLSv1.3}; null where there is none. Of a handshake
   *     that failed, the newest version that the client offered; null where that is unknown
   * @param certificate whose certificate the peer has shown and was accepted, as in {@code device
   *     0FAC}; null where it showed none
   * @param request the bytes that came, printable ASCII as is, others as {@code \xNN}, cut at 64
   * @param reply the first 11 bytes of the reply at most: {@code A0FAC0B1234} or {@code X}; empty
   *     when there was nobody left to answer
   * @param rejection why the reply is an X, or null when it is not
   */
  record Transaction(
      Instant time,
      Door door,
      String peer,
      String tls,
      String certificate,
      String request,
      String reply,
      Rejection rejection)
      implements AtPort {

    /** Returns the device ID that the request names, or -1 when it is not legal as far as that. */
    public int device() {
      return ShownFrame.device(request);
    }

    /** Returns the register that the request names, or -1 when it is not legal as far as that. */
    public int register() {
      return ShownFrame.register(request);
    }

    /** Returns the index of the byte that is wrong, as {@link Rejection#wrongByte}, or -1. */
    public int wrongByte() {
      return rejection == null ? Rejection.NO_BYTE : rejection.wrongByte();
    }
  }

  /**
   * A connection is over that had at least one reply. Not told of each: there is a budget for these
   * too, and what is beyond it is not counted as left out.
   *
   * @param requests how many requests it made, 1 or more
   * @param end what became of the last reply, as far as it can be known
   */
  record Ended(Instant time, Door door, String peer, long requests, End end) implements AtPort {}

  /** How a connection ended, as seen from here. */
  enum End {
    /** The peer ended its side behind the last reply, so it has probably read it. */
    TAKEN,
    /** The peer reset the connection behind the last reply: it may not have read that. */
    RESET,
    /** The server closed it without a sign from the peer. */
    UNKNOWN
  }

  /**
   * Something that was no request, with its likely meaning.
   *
   * @param sentence what happened and what to look at
   */
  record Notice(Instant time, Door door, String peer, String sentence) implements AtPort {}

  /**
   * A board was shown a wrong certificate on request, see {@link Probes}: this is how it took it,
   * and no failure of the server or the board.
   *
   * @param device whom it tells about, 0 to 65,535
   * @param outcome what the board did
   * @param sentence what happened and what it means
   */
  record Probed(
      Instant time, Door door, String peer, int device, Probe.Outcome outcome, String sentence)
      implements AtPort {}

  /**
   * Something about the server itself, as its storage or its certificate.
   *
   * @param sentence what happened and what to look at
   */
  record OwnNotice(Instant time, String sentence) implements ServerEvent {}
}
