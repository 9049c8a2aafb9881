package io.wwep.client;

import io.wwep.protocol.Reply;
import io.wwep.protocol.WireText;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came back for bytes that were sent as they are, and how the exchange ended. Immutable. */
public final class RawExchange {

  /** How an exchange ended. */
  public enum Ending {
    /** As many complete replies came as were waited for. */
    REPLIED,
    /** The server closed the connection in order. */
    CLOSED,
    /** The connection was reset, or TLS failed on it. */
    BROKEN,
    /** The reply timeout was over. */
    TIMED_OUT,
    /** A byte came that no WWEP server sends. */
    NOT_WWEP,
    /** More than 64 KiB came. */
    TOO_MUCH
  }

  private final InetSocketAddress local;
  private final InetSocketAddress peer;
  private final byte[] sent;
  private final byte[] received;
  private final List<Reply> replies;
  private final Ending ending;
  private final String problem;
  private final String suspicion;
  private final Duration connecting;
  private final Duration elapsed;
  private final TlsDetails tls;

  RawExchange(
      InetSocketAddress local,
      InetSocketAddress peer,
      byte[] sent,
      byte[] received,
      List<Reply> replies,
      Ending ending,
      String problem,
      String suspicion,
      Duration connecting,
      Duration elapsed,
      TlsDetails tls) {
    this.local = local;
    this.peer = peer;
    this.sent = sent;
    this.received = received;
    this.replies = List.copyOf(replies);
    this.ending = ending;
    this.problem = problem;
    this.suspicion = suspicion;
    this.connecting = connecting;
    this.elapsed = elapsed;
    this.tls = tls;
  }

  /** Returns the address and port of this side. */
  public InetSocketAddress local() {
    return local;
  }

  /** Returns the server's address, the one of its name's that took the connection, and its port. */
  public InetSocketAddress peer() {
    return peer;
  }

  /** Returns a copy of the bytes sent. */
  public byte[] sent() {
    return sent.clone();
  }

  /** Returns a copy of the bytes received, complete replies or not: 0 to 65,536 of them. */
  public byte[] received() {
    return received.clone();
  }

  /** Returns the bytes received as people read them, cut at 64: {@code A0FAC0B1234}. */
  public String receivedText() {
    return WireText.show(received);
  }

  /** Returns the complete replies, in the order in which they came. */
  public List<Reply> replies() {
    return replies;
  }

  /** Returns how the exchange ended. */
  public Ending ending() {
    return ending;
  }

  /** Returns what the network said when the exchange ended as {@link Ending#BROKEN}. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Returns what may be behind it that a server which had asked for the client's certificate ended
   * the exchange without a byte, as the end of a sentence for people; empty in all other cases.
   */
  public Optional<String> suspicion() {
    return Optional.ofNullable(suspicion);
  }

  /** Returns how long the name, the connection and TLS took together. */
  public Duration connecting() {
    return connecting;
  }

  /** Returns how long it took from the first byte sent to the end. */
  public Duration elapsed() {
    return elapsed;
  }

  /** Returns what TLS agreed on; empty over plain TCP. */
  public Optional<TlsDetails> tls() {
    return Optional.ofNullable(tls);
  }

  /** Returns both sides and the ending, for people. */
  @Override
  public String toString() {
    return "%s -> %s (%s)".formatted(WireText.show(sent), receivedText(), ending);
  }
}
