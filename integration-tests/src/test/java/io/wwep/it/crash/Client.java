package io.wwep.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.conformance.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLSocket;

/** One client that writes until its server is gone. */
final class Client {

  /** How a client goes about it. */
  enum Habit {
    /** Many requests before the first reply is read. */
    PIPELINED(32, Integer.MAX_VALUE),
    /** One request at a time. */
    PATIENT(1, Integer.MAX_VALUE),
    /** A connection for each message, as boards do. */
    ONE_SHOT(1, 1);

    final int requestsMax;
    final int burstsMax;

    Habit(int requestsMax, int burstsMax) {
      this.requestsMax = requestsMax;
      this.burstsMax = burstsMax;
    }
  }

  private static final int REPLY_MILLIS = 20_000;
  private static final int REPLY_BYTES = 11;

  private final Ledger ledger;
  private final Habit habit;
  private final boolean secure;
  private final Random random;
  private final LongAdder replies;

  private Thread thread;
  private volatile Throwable failure;

  /**
   * @param replies counts the acknowledgements of all clients
   */
  Client(Ledger ledger, Habit habit, boolean secure, Random random, LongAdder replies) {
    this.ledger = ledger;
    this.habit = habit;
    this.secure = secure;
    this.random = random;
    this.replies = replies;
  }

  boolean isSecure() {
    return secure;
  }

  Ledger ledger() {
    return ledger;
  }

  void start(int plainPort, int tlsPort) {
    failure = null;
    thread = new Thread(() -> writeUntilKilled(secure ? tlsPort : plainPort));
    thread.start();
  }

  /** Waits for the end that follows the server's. */
  void awaitEnd() throws InterruptedException {
    thread.join(2L * REPLY_MILLIS);
    assertThat(thread.isAlive()).as("client still waits").isFalse();
    assertThat(failure).isNull();
  }

  private void writeUntilKilled(int port) {
    try {
      while (true) {
        try (Socket socket = connect(port)) {
          for (int burst = 0; burst < habit.burstsMax; burst++) {
            write(socket, 1 + random.nextInt(habit.requestsMax));
          }
        }
      }
    } catch (IOException killed) {
      // What is not acknowledged by now may be there or not.
    } catch (RuntimeException | AssertionError wrong) {
      failure = wrong;
    }
  }

  private void write(Socket socket, int count) throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < count; i++) {
      requests.append(ledger.next(random));
    }
    socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < count; i++) {
      byte[] reply = socket.getInputStream().readNBytes(REPLY_BYTES);
      if (reply.length < REPLY_BYTES) {
        throw new IOException("killed");
      }
      assertThat(new String(reply, StandardCharsets.US_ASCII)).isEqualTo(ledger.expectedReply());
      ledger.acknowledge();
      replies.increment();
    }
  }

  /** Each register, read over this client's kind of connection, is what it must be. */
  void checkRegisters(int plainPort, int tlsPort) throws IOException {
    String expected = ledger.expectedReplies();
    try (Socket socket = connect(secure ? tlsPort : plainPort)) {
      socket.getOutputStream().write(ledger.reads().getBytes(StandardCharsets.US_ASCII));
      byte[] replies = socket.getInputStream().readNBytes(expected.length());
      assertThat(new String(replies, StandardCharsets.US_ASCII))
          .as("registers of device %04X", ledger.device())
          .isEqualTo(expected);
    }
  }

  private Socket connect(int port) throws IOException {
    Socket tcp = new Socket(InetAddress.getLoopbackAddress(), port);
    tcp.setSoTimeout(REPLY_MILLIS);
    tcp.setTcpNoDelay(true);
    if (!secure) {
      return tcp;
    }
    try {
      SSLSocket tls =
          (SSLSocket) Trust.EVERYBODY.getSocketFactory().createSocket(tcp, "localhost", port, true);
      tls.startHandshake();
      return tls;
    } catch (IOException failed) {
      tcp.close();
      throw failed;
    }
  }
}
