package io.wwep.it.linear;

import io.wwep.it.conformance.Trust;
import io.wwep.it.linear.Lives.Life;
import io.wwep.it.linear.Operation.Kind;
import io.wwep.it.linear.Registers.Write;
import io.wwep.store.Store;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads and writes registers at random, a few requests at a time, on one connection after the
 * other, and notes each request with its outcome. One thread.
 */
final class Client {

  private static final AtomicInteger CONNECTIONS = new AtomicInteger();
  static final int PIPELINED_MAX = 8;
  private static final int REPLY_MILLIS = 10_000;
  private static final int ACCEPTED_LENGTH = 11;

  private final Lives lives;
  private final boolean isTls;
  private final List<Operation> noted = new ArrayList<>();

  /** As many as are noted, for another thread to see. */
  private volatile int count;

  /** A request that was sent and not answered yet. */
  private record Sent(boolean isWrite, int register, int value) {

    @Override
    public String toString() {
      return isWrite ? "W%06X%04X".formatted(register, value) : "R%06X".formatted(register);
    }
  }

  Client(Lives lives, boolean isTls) {
    this.lives = lives;
    this.isTls = isTls;
  }

  /** Returns what was noted; those of each connection in the order of sending. */
  List<Operation> noted() {
    return noted;
  }

  int count() {
    return count;
  }

  /** Goes on through all lives of the server. */
  void run(Registers registers, Random random) throws InterruptedException {
    for (Life life = lives.await(); life != null; life = lives.await()) {
      try (Connection connection = new Connection(life)) {
        while (!lives.isOver()) {
          connection.exchange(requests(registers, random));
        }
      } catch (IOException broken) {
        life.endNanos(broken);
      }
    }
  }

  private static List<Sent> requests(Registers registers, Random random) {
    List<Sent> requests = new ArrayList<>();
    for (int left = 1 + random.nextInt(PIPELINED_MAX); left > 0; left--) {
      if (random.nextBoolean()) {
        Write write = registers.nextWrite(random);
        requests.add(new Sent(true, write.register(), write.value()));
      } else {
        requests.add(new Sent(false, registers.nextRead(random), Store.ABSENT));
      }
    }
    return requests;
  }

  /** Reads these registers on a connection of its own. */
  void readAll(List<Integer> registers, Life life) throws IOException, InterruptedException {
    try (Connection connection = new Connection(life)) {
      for (int register : registers) {
        connection.exchange(List.of(new Sent(false, register, Store.ABSENT)));
      }
    }
  }

  /** A connection within one life of the server. */
  private final class Connection implements AutoCloseable {

    private final int number = CONNECTIONS.incrementAndGet();
    private final Life life;
    private final Socket socket;
    private final InputStream replies;

    Connection(Life life) throws IOException {
      this.life = life;
      InetAddress here = InetAddress.getLoopbackAddress();
      socket =
          isTls
              ? Trust.EVERYBODY.getSocketFactory().createSocket(here, life.port(true))
              : new Socket(here, life.port(false));
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(REPLY_MILLIS);
      replies = new BufferedInputStream(socket.getInputStream());
      // An empty line makes it a session, which may pause.
      socket.getOutputStream().write('\n');
    }

    /** Sends all at once, then reads the replies. */
    void exchange(List<Sent> requests) throws IOException, InterruptedException {
      StringBuilder text = new StringBuilder();
      requests.forEach(text::append);
      int answered = 0;
      long invokedNanos = System.nanoTime();
      try {
        socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
        for (Sent request : requests) {
          noteReply(request, readReply(), invokedNanos);
          answered++;
        }
      } catch (IOException broken) {
        long endNanos = life.endNanos(broken);
        for (Sent request : requests.subList(answered, requests.size())) {
          if (request.isWrite) {
            note(Kind.UNKNOWN_WRITE, request, request.value, invokedNanos, endNanos);
          }
        }
        throw broken;
      }
    }

    private String readReply() throws IOException {
      int first = replies.read();
      byte[] rest = replies.readNBytes(first == 'A' ? ACCEPTED_LENGTH - 1 : 0);
      if (first < 0 || (first == 'A' && rest.length < ACCEPTED_LENGTH - 1)) {
        throw new EOFException("the server has ended the connection");
      }
      return (char) first + new String(rest, StandardCharsets.US_ASCII);
    }

    private void noteReply(Sent request, String reply, long invokedNanos) {
      long returnedNanos = System.nanoTime();
      if (reply.equals("X")) {
        // Of a write: docs/schema.md tells how it may come true after a kill.
        Kind kind = request.isWrite ? Kind.UNKNOWN_WRITE : Kind.READ;
        long lastNanos = request.isWrite ? Long.MAX_VALUE : returnedNanos;
        note(kind, request, request.value, invokedNanos, lastNanos);
        return;
      }
      String expected = "A%06X".formatted(request.register);
      int value = Integer.parseInt(reply.substring(expected.length()), 16);
      if (!reply.startsWith(expected) || (request.isWrite && value != request.value)) {
        throw new AssertionError("%s was answered %s".formatted(request, reply));
      }
      note(request.isWrite ? Kind.WRITE : Kind.READ, request, value, invokedNanos, returnedNanos);
    }

    private void note(Kind kind, Sent request, int value, long invokedNanos, long returnedNanos) {
      noted.add(new Operation(kind, request.register, value, number, invokedNanos, returnedNanos));
      count = noted.size();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
