package io.wwep.tap;

import io.wwep.tap.change.Fault;
import io.wwep.tap.change.Rewrite;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a tap is to do. Immutable.
 *
 * @param listen where boards connect to; port 0 is a free one
 * @param host of the server: a name or an IP address
 * @param port of the server, 1 to 65,535
 * @param tls null for the plain protocol, and for TLS that is only looked at from outside
 * @param rewrites rules for frames, in the order in which they are tried
 * @param restoresReplies whether replies to altered requests say what the board had sent
 * @param faults what is done to boards
 * @param save where to make a capture; null for none
 * @param saveBytesMax its bound in bytes
 */
public record TapConfig(
    InetSocketAddress listen,
    String host,
    int port,
    TapTls tls,
    List<Rewrite> rewrites,
    boolean restoresReplies,
    List<Fault> faults,
    Path save,
    long saveBytesMax) {

  /** Bound of a capture for which none is given, in bytes. */
  public static final long SAVE_BYTES_MAX = 100_000_000;

  /** More rules than anybody can keep apart. */
  public static final int REWRITES_MAX = 256;

  private static final int PORT_MAX = 65_535;

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public TapConfig {
    Objects.requireNonNull(listen, "listen");
    Objects.requireNonNull(host, "host");
    if (port < 1 || port > PORT_MAX) {
      throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
    }
    rewrites = List.copyOf(rewrites);
    if (rewrites.size() > REWRITES_MAX) {
      throw new IllegalArgumentException(
          "rewrites must be at most %d, not %d".formatted(REWRITES_MAX, rewrites.size()));
    }
    faults = List.copyOf(faults);
  }

  /** Returns one that only shows. */
  public static TapConfig of(InetSocketAddress listen, String host, int port) {
    return new TapConfig(
        listen, host, port, null, List.of(), false, List.of(), null, SAVE_BYTES_MAX);
  }

  /** Returns this one with TLS on both sides. */
  public TapConfig withTls(TapTls with) {
    return new TapConfig(
        listen, host, port, with, rewrites, restoresReplies, faults, save, saveBytesMax);
  }

  /** Returns this one with rules. */
  public TapConfig withRewrites(List<Rewrite> rules, boolean restores) {
    return new TapConfig(listen, host, port, tls, rules, restores, faults, save, saveBytesMax);
  }

  /** Returns this one with faults. */
  public TapConfig withFaults(List<Fault> with) {
    return new TapConfig(
        listen, host, port, tls, rewrites, restoresReplies, with, save, saveBytesMax);
  }

  /** Returns this one with a capture. */
  public TapConfig withCapture(Path file, long bytesMax) {
    return new TapConfig(
        listen, host, port, tls, rewrites, restoresReplies, faults, file, bytesMax);
  }

  /** Returns the server as {@code host:port}, an IPv6 address in brackets. */
  public String target() {
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (bare ? "[" + host + "]" : host) + ":" + port;
  }

  /** Whether what a board gets may differ from what the server sends, or the other way round. */
  boolean alters() {
    return !rewrites.isEmpty() || !faults.isEmpty();
  }
}
