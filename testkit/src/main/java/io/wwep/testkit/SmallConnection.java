package io.wwep.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link SmallServer}: one message, its reply, and the end. */
final class SmallConnection {

  private static final int HANDSHAKE_MILLIS = 15_000;
  private static final int FIRST_BYTE_MILLIS = 2_000;

  /** Within a message; its sender waits 500 ms for the reply. */
  private static final int FRAME_MILLIS = 150;

  private static final int DRAIN_MILLIS = 250;

  /** In all, also when a byte comes now and then: others wait. */
  private static final int CONNECTION_MILLIS = 20_000;

  /** Longer than any message, so that one that is too long is seen to be so. */
  private static final int BUFFER_BYTES = 64;

  private final Socket tcp;
  private final SSLContext tls;
  private Socket top;

  /**
   * @param tls null for a plain connection
   */
  SmallConnection(Socket tcp, SSLContext tls) {
    this.tcp = tcp;
    this.tls = tls;
    top = tcp;
  }

  /**
   * Serves it, for 20 s at most.
   *
   * @param answer makes the reply to a message, legal or not
   * @param told gets door, message and reply
   */
  void serve(UnaryOperator<String> answer, Consumer<String> told) {
    Timer limit = new Timer("small-server-limit", true);
    limit.schedule(aborting(), CONNECTION_MILLIS);
    try {
      if (tls != null) {
        top = secure();
      }
      converse(answer, told);
    } catch (IOException e) {
      // The client is gone, or does not trust this server: the next one is served.
    }
    try {
      finish();
    } catch (IOException e) {
      // It is gone, or has stayed silent: the end is the same.
    } finally {
      limit.cancel();
      abort();
    }
  }

  private TimerTask aborting() {
    return new TimerTask() {
      @Override
      public void run() {
        abort();
      }
    };
  }

  /** Ends it at once, from any thread. */
  void abort() {
    try {
      tcp.close();
    } catch (IOException e) {
      // It is given up either way.
    }
  }

  private Socket secure() throws IOException {
    tcp.setSoTimeout(HANDSHAKE_MILLIS);
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), false);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private void converse(UnaryOperator<String> answer, Consumer<String> told) throws IOException {
    String message = message();
    if (!message.isEmpty()) {
      String reply = answer.apply(message);
      top.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
      told.accept("%s %s %s".formatted(tls == null ? "plain" : "TLS", message, reply));
    }
  }

  /**
   * Collects a message. TCP is a stream: it may come in one piece or in eleven, so it is over when
   * it is complete, when it can be none any more, or when no more of it comes.
   */
  private String message() throws IOException {
    String received = "";
    while (received.length() < BUFFER_BYTES) {
      String more = read(received.isEmpty() ? FIRST_BYTE_MILLIS : FRAME_MILLIS);
      if (more.isEmpty()) {
        return received;
      }
      received = (received + more).replaceFirst("^[\\r\\n]+", "");
      int length = RegisterList.frameLength(received);
      if (length > 0) {
        return received.substring(0, length);
      }
    }
    return received;
  }

  /** Returns what has come, as characters; nothing at the end, or when the time is up. */
  private String read(int timeoutMillis) throws IOException {
    byte[] bytes = new byte[BUFFER_BYTES];
    top.setSoTimeout(timeoutMillis);
    try {
      int length = top.getInputStream().read(bytes);
      return new String(bytes, 0, Math.max(length, 0), StandardCharsets.ISO_8859_1);
    } catch (SocketTimeoutException e) {
      return "";
    }
  }

  /**
   * Ends it so that the reply arrives: closed while something is unread, the network would tell the
   * board that the connection broke.
   */
  private void finish() throws IOException {
    if (top != tcp) {
      top.shutdownOutput();
    }
    tcp.shutdownOutput();
    InputStream unread = tcp.getInputStream();
    byte[] rest = new byte[1_024];
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
    int length = 0;
    for (long left = DRAIN_MILLIS; left > 0 && length >= 0; ) {
      tcp.setSoTimeout((int) left);
      length = unread.read(rest);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }
}
