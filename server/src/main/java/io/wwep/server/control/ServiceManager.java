package io.wwep.server.control;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells systemd that the server is ready, that it lives, and that it stops: the protocol of
 * sd_notify(3), datagrams to the Unix domain socket that {@code NOTIFY_SOCKET} names.
 *
 * <p>The JDK has no such sockets for datagrams, so Netty's native library sends them; where there
 * is none, nothing is sent and {@link #problem} says so. Waits a second at most for systemd to take
 * what is sent. Any thread.
 */
public final class ServiceManager {

  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final long READY_MILLIS_MAX = 1_000;
  private static final long WORD_MILLIS_MAX = 100;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final byte[] address;
  private final Duration watchdogInterval;
  private final String unusable;
  private volatile String failure;

  private ServiceManager(byte[] address, Duration watchdogInterval, String unusable) {
    this.address = address;
    this.watchdogInterval = watchdogInterval;
    this.unusable = unusable;
  }

  /** Whether a service manager wants to hear of this process. Loads nothing. */
  public static boolean isListening(Map<String, String> environment) {
    return !environment.getOrDefault(SOCKET, "").isEmpty();
  }

  /**
   * Returns the one that {@link #isListening} told of.
   *
   * @param environment of the process
   */
  public static ServiceManager of(Map<String, String> environment) {
    String socket = environment.get(SOCKET);
    return new ServiceManager(addressOf(socket), interval(environment), unusable(socket));
  }

  private static String unusable(String socket) {
    if (!socket.startsWith("/") && !socket.startsWith("@")) {
      return "'%s' is no Unix domain socket".formatted(socket);
    }
    return Epoll.isAvailable() ? null : "there is no native library of Netty's for this machine";
  }

  /** An abstract name, which is written with an @, begins with a NUL. */
  private static byte[] addressOf(String socket) {
    byte[] bytes = socket.getBytes(StandardCharsets.UTF_8);
    if (bytes[0] == '@') {
      bytes[0] = 0;
    }
    return bytes;
  }

  private static Duration interval(Map<String, String> environment) {
    String pid = environment.getOrDefault("WATCHDOG_PID", "");
    if (!pid.isEmpty() && !pid.equals(String.valueOf(ProcessHandle.current().pid()))) {
      return Duration.ZERO;
    }
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Math.max(0, micros)) / 2);
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  /** Returns how often it wants to hear {@link #alive}; zero for never. */
  public Duration watchdogInterval() {
    return watchdogInterval;
  }

  /** Returns why it hears nothing; null while it does. */
  public String problem() {
    return unusable != null ? unusable : failure;
  }

  /**
   * The server listens.
   *
   * @param status a line for people
   */
  public void ready(String status) {
    send("READY=1\nSTATUS=" + oneLine(status) + "\n", READY_MILLIS_MAX);
  }

  /** The server is well enough to go on. */
  public void alive() {
    send("WATCHDOG=1\n", WORD_MILLIS_MAX);
  }

  /** Something new to show to people. */
  public void status(String status) {
    send("STATUS=" + oneLine(status) + "\n", WORD_MILLIS_MAX);
  }

  /** The server has begun to stop. */
  public void stopping() {
    send("STOPPING=1\nSTATUS=stopping\n", WORD_MILLIS_MAX);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }

  private void send(String words, long millisMax) {
    if (unusable != null) {
      return;
    }
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
    try {
      Socket socket = Socket.newSocketDomainDgram();
      try {
        while (socket.sendToDomainSocket(buffer, 0, bytes.length, address) <= 0
            && System.nanoTime() - deadline < 0) {
          LockSupport.parkNanos(POLL_NANOS);
        }
        failure = null;
      } finally {
        socket.close();
      }
    } catch (IOException | ChannelException e) {
      // The latter where there are no more files.
      failure = e.getMessage();
    }
  }
}
