package io.wwep.console.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.wwep.protocol.Reply;
import io.wwep.protocol.ReplyParser;
import io.wwep.server.ServerEvent;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * One message on its way through a port of the server and back. Used by the HTTP event loop alone.
 */
final class TestSend {

  /** A server closes, or answers, long before. */
  private static final long MILLIS_MAX = 3_000;

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
  private final Promise<Result> promise = Promise.promise();
  private final Buffer received = Buffer.buffer();
  private final ReplyParser parser = new ReplyParser(this::reply);
  private NetSocket socket;
  private String peer;
  private long sentNanos;
  private long firstNanos;
  private int came;
  private boolean rejected;
  private boolean ended;
  private boolean over;
  private ServerEvent.Transaction explanation;

  /**
   * What came back.
   *
   * @param received all bytes
   * @param nanos until the first of them
   * @param explanation what the server tells of the first X; null where it told nothing
   */
  record Result(
      Buffer received, boolean rejected, long nanos, ServerEvent.Transaction explanation) {}

  /**
   * @param replies how many are waited for
   */
  TestSend(Vertx vertx, Explanations explanations, byte[] bytes, int replies) {
    this.vertx = vertx;
    this.explanations = explanations;
    this.bytes = bytes;
    this.replies = replies;
  }

  /** Sends, and gives what came back; fails when the port cannot be connected to. */
  Future<Result> through(NetClient client, SocketAddress port) {
    long timer = vertx.setTimer(replies == 0 ? SILENCE_MILLIS : MILLIS_MAX, late -> end());
    client.connect(port).onSuccess(this::connected).onFailure(promise::tryFail);
    return promise
        .future()
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              over = true;
              if (peer != null) {
                explanations.forget(peer);
              }
              if (socket != null) {
                socket.close();
              }
            });
  }

  private void connected(NetSocket opened) {
    socket = opened;
    if (over) {
      opened.close();
      return;
    }
    peer = asTheServerSays(opened.localAddress());
    var context = vertx.getOrCreateContext();
    explanations.want(peer, event -> context.runOnContext(now -> explained(event)));
    opened.handler(this::receive);
    opened.closeHandler(closed -> end());
    opened.exceptionHandler(broken -> end());
    sentNanos = System.nanoTime();
    opened.write(Buffer.buffer(bytes));
  }

  private static String asTheServerSays(SocketAddress own) {
    // The address is a literal, so no name server is asked.
    return ServerEvent.AtPort.peerAt(new InetSocketAddress(own.hostAddress(), own.port()));
  }

  private void receive(Buffer more) {
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

  private void explained(ServerEvent.Transaction event) {
    if (explanation == null) {
      explanation = event;
    }
    if (ended) {
      complete();
    }
  }

  /** All has come that will; but for the explanation, perhaps. */
  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    if ((rejected || came == 0) && explanation == null && peer != null) {
      vertx.setTimer(EXPLANATION_MILLIS_MAX, late -> complete());
    } else {
      complete();
    }
  }

  private void complete() {
    long nanos =
        firstNanos == 0 ? TimeUnit.MILLISECONDS.toNanos(MILLIS_MAX) : firstNanos - sentNanos;
    promise.tryComplete(new Result(received, rejected, nanos, explanation));
  }
}
