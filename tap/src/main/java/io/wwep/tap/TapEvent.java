package io.wwep.tap;

import io.wwep.tap.decode.Message;
import java.time.Instant;
import java.util.List;

/** What a tap saw or did. Immutable. */
public sealed interface TapEvent {

  /** Returns when. */
  Instant time();

  /** Returns the number of the connection, from 1 on; 0 for what belongs to none. */
  long connection();

  /**
   * A board has connected.
   *
   * @param board its address, as in {@code 192.168.1.7:50412}
   */
  record Opened(Instant time, long connection, String board) implements TapEvent {}

  /**
   * TLS stands with one side.
   *
   * @param side with whom
   * @param version as in {@code TLSv1.3}
   * @param cipherSuite as in {@code TLS_AES_256_GCM_SHA384}
   * @param sentence what that tells
   */
  record Secured(
      Instant time, long connection, Side side, String version, String cipherSuite, String sentence)
      implements TapEvent {}

  /**
   * A board has ended the handshake of TLS, or it failed.
   *
   * @param alert its name, as in {@code unknown_ca}; null when none came
   * @param sentence what that tells
   */
  record HungUp(Instant time, long connection, String alert, String sentence) implements TapEvent {}

  /**
   * One read of a socket, or with TLS one decrypted record.
   *
   * @param from who sent it
   * @param number on this connection and from this side, from 1 on
   * @param sinceNanos since the segment before on this connection, of either side, or since it was
   *     opened
   * @param length in bytes
   * @param shown the bytes as people read them, cut at 64
   * @param messages those that end in it
   */
  record Segment(
      Instant time,
      long connection,
      Side from,
      long number,
      long sinceNanos,
      int length,
      String shown,
      List<Message> messages)
      implements TapEvent {}

  /**
   * A frame was altered on its way.
   *
   * @param by the rule, or the fault
   * @param came the bytes as they came, for people
   * @param forwarded the bytes that went on in their place, for people
   */
  record Altered(Instant time, long connection, Side from, String by, String came, String forwarded)
      implements TapEvent {}

  /**
   * A fault has acted.
   *
   * @param fault as it was given, as in {@code drop-reply@0FAC}
   * @param sentence what was done
   */
  record Faulted(Instant time, long connection, String fault, String sentence)
      implements TapEvent {}

  /** How a side ended. */
  enum Ending {
    /** In order: FIN, and with TLS close_notify, which is not asked for. */
    FIN,
    /** RST, or an alert of TLS. */
    RST
  }

  /**
   * One side has ended what it sends.
   *
   * @param sinceNanos since the connection was opened
   * @param messages what was left without its end
   */
  record Ended(
      Instant time, long connection, Side side, Ending how, long sinceNanos, List<Message> messages)
      implements TapEvent {}

  /**
   * A connection is over.
   *
   * @param boardBytes that the board sent
   * @param serverBytes that the server sent
   */
  record Closed(Instant time, long connection, long sinceNanos, long boardBytes, long serverBytes)
      implements TapEvent {}

  /**
   * Something that people should know.
   *
   * @param word a stable word for it, as in {@code unreachable}
   */
  record Notice(Instant time, long connection, String word, String sentence) implements TapEvent {}
}
