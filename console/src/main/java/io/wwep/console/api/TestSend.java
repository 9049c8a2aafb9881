package io.wwep.console.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.wwep.protocol.Rejection;
import io.wwep.protocol.Reply;
import io.wwep.protocol.ReplyParser;
import io.wwep.server.ServerEvent;
import java.net.InetSocketAddress;

/**
 * One message on its way through a port of the server and back. Used by the HTTP event loop alone.
 */
final class TestSend {

  /** From the start to the last byte. A server closes, or answers, long before. */
  static final int MILLIS_MAX = 3_000;

  /** Where nothing is to come back, it is seen that nothing does. */
  private static final long SILENCE_MILLIS = 500;

  /** How long the server's explanation of an X is waited for. */
  private static final long EXPLANATION_MILLIS_MAX = 300;

  /** Replies to the longest message, with explanations, are shorter. */
  private static final int RECEIVED_BYTES_MAX = 64 * 1024;

  private final Vertx vertx;
  private final Explanations explanations;
  private final byte[] bytes;
  private final int replies;
  private final long replyMillis;
  private final Promise<Result> promise = Promise.promise();
  private final Buffer received = Buffer.buffer();
  private final ReplyParser parser = new ReplyParser(this::reply);
  private NetSocket socket;
  private String peer;
  private String tls;
  private String brokenTls;
  private long sentNanos;
  private long firstNanos;
  private int came;
  private boolean rejected;
  private boolean ended;
  private Rejection explanation;

  /**
   * What came back.
   *
   * @param received all bytes
   * @param nanos until the first of them; negative where none came
   * @param tls the version that was agreed on, as in {@code TLSv1.3}; null without TLS
   * @param brokenTls why TLS failed before anything was sent; null where it did not
   * @param explanation what the server tells of the first X, or of TLS that failed; null where it
   *     told nothing
   */
  record Result(
      Buffer received,
      boolean rejected,
      long nanos,
      String tls,
      String brokenTls,
      Rejection explanation) {}

  /**
   * @param replies how many are waited for
   * @param replyMillis for how long, from when the message is sent; 1 to {@link #MILLIS_MAX}
   */
  TestSend(Vertx vertx, Explanations explanations, byte[] bytes, int replies, long replyMillis) {
    this.vertx = vertx;
    this.explanations = explanations;
    this.bytes = bytes;
    this.replies = replies;
    this.replyMillis = replies == 0 ? Math.min(replyMillis, SILENCE_MILLIS) : replyMillis;
  }

  /**
   * Sends, and gives what came back; fails when the port cannot be connected to.
   *
   * @param tls null for without
   */
  Future<Result> through(NetClient client, SocketAddress port, ClientSSLOptions tls) {
    long timer = vertx.setTimer(MILLIS_MAX, late -> end());
    client.connect(port).onSuccess(opened -> connected(opened, tls)).onFailure(promise::tryFail);
    return promise
        .future()
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              if (peer != null) {
                explanations.forget(peer);
              }
            });
  }

  /** The server names its peer by the address from here on, so it can tell of the handshake too. */
  private void connected(NetSocket opened, ClientSSLOptions tls) {
    socket = opened;
    if (ended) {
      opened.close();
      return;
    }
    peer = asTheServerSays(opened.localAddress());
    var context = vertx.getOrCreateContext();
    explanations.want(peer, event -> context.runOnContext(now -> explained(event.rejection())));
    opened.handler(this::receive);
    opened.closeHandler(closed -> end());
    opened.exceptionHandler(broken -> end());
    if (tls == null) {
      send();
    } else {
      opened.upgradeToSsl(tls).onSuccess(done -> send()).onFailure(this::tlsFailed);
    }
  }

  private static String asTheServerSays(SocketAddress own) {
    // The address is a literal, so no name server is asked.
    return ServerEvent.AtPort.peerAt(new InetSocketAddress(own.hostAddress(), own.port()));
  }

  private void tlsFailed(Throwable cause) {
    brokenTls = cause.getMessage() == null ? "the server closed" : cause.getMessage();
    end();
  }

  private void send() {
    if (ended) {
      return;
    }
    tls = socket.isSsl() ? socket.sslSession().getProtocol() : null;
    sentNanos = System.nanoTime();
    vertx.setTimer(replyMillis, late -> end());
    socket.write(Buffer.buffer(bytes));
  }

  private void receive(Buffer more) {
    if (ended) {
      return;
    }
    if (firstNanos == 0) {
      firstNanos = System.nanoTime();
    }
    int room = RECEIVED_BYTES_MAX - received.length();
    received.appendBuffer(more, 0, Math.min(room, more.length()));
    boolean wwep = parser.parse(more.getBytes(), 0, more.length());
    if (!wwep || came >= replies || received.length() >= RECEIVED_BYTES_MAX) {
      end();
    }
  }

  private void reply(Reply reply) {
    came++;
    rejected |= reply instanceof Reply.Rejected;
  }

  private void explained(Rejection rejection) {
    if (explanation == null) {
      explanation = rejection;
    }
    if (ended) {
      complete();
    }
  }

  /** All has come that is waited for; but for the explanation, perhaps. A board hangs up now. */
  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    if (socket != null) {
      socket.close();
    }
    if ((rejected || came == 0) && explanation == null && peer != null) {
      vertx.setTimer(EXPLANATION_MILLIS_MAX, late -> complete());
    } else {
      complete();
    }
  }

  private void complete() {
    boolean sent = sentNanos != 0;
    // Who closes in the middle of a handshake is not always told apart from who refuses it.
    String broken = sent || peer == null || brokenTls != null ? brokenTls : "the server closed";
    long nanos = firstNanos == 0 ? -1 : firstNanos - sentNanos;
    promise.tryComplete(new Result(received, rejected, nanos, tls, broken, explanation));
  }
}
