package io.wwep.it.power;

import io.wwep.protocol.RegisterId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/**
 * A board that writes to registers of its own, growing values to each, and keeps a log: when each
 * write was sent, and when its reply came, on the clock of the trace.
 */
final class Board {

  /** Which registers a board has, and how it talks. */
  record Habits(int firstDevice, int devices, int pipelined, SSLContext tls) {

    int registers() {
      return devices * 256;
    }

    int firstAddress() {
      return firstDevice * 256;
    }

    int endAddress() {
      return firstAddress() + registers();
    }

    IntStream addresses() {
      return IntStream.range(firstAddress(), endAddress());
    }
  }

  private static final int REPLY_BYTES = 11;
  private static final byte REJECTED = 'X';

  private final Habits habits;
  private final int[] lastValue;
  private final Random random;

  private final AtomicInteger acknowledgedCount = new AtomicInteger();

  private int count;
  private int[] address = new int[1024];
  private int[] value = new int[1024];
  private int[] session = new int[1024];
  private long[] sentNanos = new long[1024];

  /** Zero while there is no reply. */
  private long[] acknowledgedNanos = new long[1024];

  /** Zero while there is no X. */
  private long[] refusedNanos = new long[1024];

  private int sessions;

  Board(Habits habits, long seed) {
    this.habits = habits;
    lastValue = new int[habits.registers()];
    random = new Random(seed);
  }

  /** Writes as long as the load runs, or until the server has gone. */
  void write(int port, BooleanSupplier running) {
    sessions++;
    try (Socket socket = connect(port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(20_000);
      while (running.getAsBoolean()) {
        int from = count;
        byte[] requests = requests(1 + random.nextInt(habits.pipelined));
        Arrays.fill(sentNanos, from, count, System.nanoTime());
        socket.getOutputStream().write(requests);
        receive(socket.getInputStream(), from);
        acknowledgedCount.addAndGet(count - from);
      }
    } catch (IOException gone) {
      // What has no reply may be there or not.
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Socket connect(int port) throws IOException, GeneralSecurityException {
    InetAddress here = InetAddress.getLoopbackAddress();
    return habits.tls == null
        ? new Socket(here, port)
        : habits.tls.getSocketFactory().createSocket(here, port);
  }

  private byte[] requests(int writes) {
    grow(count + writes);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < writes; i++) {
      int register = random.nextInt(habits.registers());
      address[count] = habits.firstAddress() + register;
      value[count] = ++lastValue[register];
      session[count] = sessions;
      text.append("W%06X%04X".formatted(address[count], value[count]));
      count++;
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private void grow(int least) {
    if (least > address.length) {
      int length = Math.max(least, 2 * address.length);
      address = Arrays.copyOf(address, length);
      value = Arrays.copyOf(value, length);
      session = Arrays.copyOf(session, length);
      sentNanos = Arrays.copyOf(sentNanos, length);
      acknowledgedNanos = Arrays.copyOf(acknowledgedNanos, length);
      refusedNanos = Arrays.copyOf(refusedNanos, length);
    }
  }

  /** Each reply has the time of the read that completed it. */
  private void receive(InputStream replies, int from) throws IOException {
    byte[] bytes = new byte[(count - from) * REPLY_BYTES];
    int received = 0;
    int used = 0;
    int next = from;
    while (next < count) {
      int read = replies.read(bytes, received, bytes.length - received);
      long now = System.nanoTime();
      if (read < 0) {
        throw new IOException("the server has gone");
      }
      received += read;
      while (next < count && used < received && lengthAt(bytes, used) <= received - used) {
        if (bytes[used] == REJECTED) {
          refusedNanos[next++] = now;
        } else {
          requireReply(bytes, used, next);
          acknowledgedNanos[next++] = now;
        }
        used += lengthAt(bytes, used);
      }
    }
  }

  private static int lengthAt(byte[] replies, int at) {
    return replies[at] == REJECTED ? 1 : REPLY_BYTES;
  }

  private void requireReply(byte[] bytes, int at, int write) {
    String reply = new String(bytes, at, REPLY_BYTES, StandardCharsets.US_ASCII);
    if (!reply.equals("A%06X%04X".formatted(address[write], value[write]))) {
      throw new IllegalStateException("unexpected reply " + reply);
    }
  }

  Habits habits() {
    return habits;
  }

  /** Returns how many writes were sent. */
  int count() {
    return count;
  }

  /** Returns how many writes have a reply, about; from any thread. */
  int acknowledgedCount() {
    return acknowledgedCount.get();
  }

  int address(int write) {
    return address[write];
  }

  int value(int write) {
    return value[write];
  }

  /** Returns the number of the connection that it was sent on. */
  int session(int write) {
    return session[write];
  }

  /** Whether it was sent before a moment. */
  boolean isSent(int write, long nanos) {
    return sentNanos[write] - nanos < 0;
  }

  /** Whether its reply had come before a moment. */
  boolean isAcknowledged(int write, long nanos) {
    return acknowledgedNanos[write] != 0 && acknowledgedNanos[write] - nanos < 0;
  }

  /** Whether the reply was X: it may be there for a moment, or not, and must not be expected. */
  boolean isRefused(int write) {
    return refusedNanos[write] != 0;
  }

  /** Whether X had come before a moment. */
  boolean isRefused(int write, long nanos) {
    return refusedNanos[write] != 0 && refusedNanos[write] - nanos < 0;
  }

  long sentNanos(int write) {
    return sentNanos[write];
  }

  long acknowledgedNanos(int write) {
    return acknowledgedNanos[write];
  }

  @Override
  public String toString() {
    return "board %s".formatted(new RegisterId(habits.firstDevice, 0));
  }
}
