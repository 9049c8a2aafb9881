package io.wwep.server;

import io.netty.buffer.ByteBufAllocator;
import io.wwep.server.tls.ClientHello;
import io.wwep.server.tls.ClientTerms;
import io.wwep.server.tls.TlsContexts;
import io.wwep.server.tls.TlsLayer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * Finds out whether one board looks at the server's certificate: the next TLS connection from its
 * address is shown a wrong one, and what it does then is the result. That connection alone; if it
 * goes on all the same, its messages are served as always.
 *
 * <p>Begun by {@link Probes}; any thread. The result comes on an event loop's thread.
 */
public final class Probe {

  /** What a board did. */
  public enum Outcome {
    /** It hung up on the wrong certificate: it verifies. */
    REFUSED,
    /** It sent a message all the same: it does not verify. */
    TAKEN,
    /** It came, and neither was to be seen. */
    UNCLEAR,
    /** It did not come in time. */
    EXPIRED,
    /** Somebody has called the probe off, or the server has ended. */
    CANCELLED
  }

  /**
   * How a probe ended.
   *
   * @param peer {@code address:port} of the connection; only the address where none came
   * @param device whom it tells about: the device asked for, unless another one came
   * @param sentence what happened, what it means, and what to do
   */
  public record Result(Instant time, Outcome outcome, String peer, int device, String sentence) {}

  private final int device;
  private final String address;
  private final TlsContexts contexts;
  private final ProbeWords words;
  private final Consumer<Probe> ended;
  private final CompletableFuture<Result> result = new CompletableFuture<>();

  /** Null before a connection has come. */
  private Peer peer;

  /** Whether its handshake is done. */
  private boolean shaken;

  private boolean over;

  /**
   * @param contexts show a wrong certificate; closed by this
   * @param ended told once, before the result is there
   */
  Probe(int device, String address, Duration limit, TlsContexts contexts, Consumer<Probe> ended) {
    this.device = device;
    this.address = address;
    this.contexts = contexts;
    this.ended = ended;
    words = new ProbeWords(device, address, limit);
  }

  /** Returns whom it asks about, 0 to 65,535. */
  public int device() {
    return device;
  }

  /** Returns from where the connection has to come. */
  public String address() {
    return address;
  }

  /** Returns what completes with the result, always and within the time limit. */
  public CompletionStage<Result> result() {
    return result.minimalCompletionStage();
  }

  /**
   * Lets the board in on other terms, as the server does from now on. One that has come keeps its.
   *
   * @throws SSLException when the TLS implementation does not take them; the ones before stay
   */
  synchronized void letIn(ClientTerms clients) throws SSLException {
    if (!over) {
      contexts.letIn(clients);
    }
  }

  /** Calls it off. A connection that has the wrong certificate already goes on with it. */
  public void cancel() {
    end(Outcome.CANCELLED, device, words.cancelled());
  }

  /**
   * Returns what shows the wrong certificate to a connection.
   *
   * @return null when it is over by now
   */
  synchronized TlsLayer newLayer(Peer from, ClientHello hello, ByteBufAllocator buffers) {
    if (over) {
      return null;
    }
    TlsLayer layer = contexts.newLayer(hello, buffers);
    peer = from;
    return layer;
  }

  /** The board has finished the handshake. */
  synchronized void handshakeDone() {
    shaken = true;
  }

  /**
   * The board has hung up over the certificate.
   *
   * @param alert its name in the RFCs
   */
  void refused(String alert) {
    end(Outcome.REFUSED, device, words.refused(alert));
  }

  /**
   * The board has hung up without a reason, as one does whose memory or time has run out.
   *
   * @param orderly whether by close_notify, which gives none
   */
  void dropped(boolean orderly) {
    end(Outcome.UNCLEAR, device, words.dropped(orderly));
  }

  /**
   * The board has sent a message.
   *
   * @param named the device that it names, or -1 where none can be told
   */
  void spoke(int named) {
    int about = named < 0 ? device : named;
    end(Outcome.TAKEN, about, words.taken(named));
  }

  /** The board has finished the handshake, and was gone then. */
  void leftInSilence() {
    end(Outcome.UNCLEAR, device, words.silent(/* left= */ true));
  }

  /** The handshake failed for another reason. */
  void failed(String why) {
    end(Outcome.UNCLEAR, device, words.failed(why));
  }

  /** The time is over. */
  void expire() {
    if (isShaken()) {
      end(Outcome.UNCLEAR, device, words.silent(/* left= */ false));
    } else {
      end(Outcome.EXPIRED, device, hasCome() ? words.unfinished() : words.expired());
    }
  }

  private synchronized boolean isShaken() {
    return shaken;
  }

  private synchronized boolean hasCome() {
    return peer != null;
  }

  private void end(Outcome outcome, int about, String sentence) {
    Peer from;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      from = peer;
      contexts.close(); // the connection keeps what it needs
    }
    ended.accept(this);
    result.complete(
        new Result(Instant.now(), outcome, from == null ? address : from.text(), about, sentence));
  }
}
