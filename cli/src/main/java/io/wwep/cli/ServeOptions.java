package io.wwep.cli;

import io.wwep.server.Limits;
import io.wwep.server.ReadOnly;
import io.wwep.server.ServerConfig;
import io.wwep.server.Timeouts;
import io.wwep.server.Transport;
import io.wwep.server.tls.TlsProfile;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a server can be told, on the command line or in a file: {@link ConfigFile} takes the names
 * and types from here too.
 */
@Command(sortOptions = false)
final class ServeOptions {

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      converter = BindAddress.class,
      description = {
        "Listen on this address only (all, IPv4 and IPv6;",
        "0.0.0.0 and :: mean all too)."
      })
  String bind;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Numbers.ListeningPort.class,
      description = "Port of the plain protocol, 0 for a free one (27708).")
  Integer port = io.wwep.protocol.Wwep.PLAIN_PORT;

  @Option(
      names = "--tls-port",
      paramLabel = "N",
      converter = Numbers.ListeningPort.class,
      description = "Port of the protocol over TLS, 0 for a free one (40508).")
  Integer tlsPort = io.wwep.protocol.Wwep.TLS_PORT;

  @Option(names = "--no-plain", description = "Do not serve the plain protocol.")
  boolean noPlain;

  @Option(names = "--no-tls", description = "Do not serve TLS.")
  boolean noTls;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      converter = FilePath.class,
      description = "Where registers, keys and certificates are kept (./wwep-data).")
  Path data = Path.of("wwep-data");

  @Option(
      names = "--store",
      paramLabel = "STORE",
      converter = StoreAddress.Converter.class,
      completionCandidates = StoreAddress.Converter.class,
      description = {
        "sqlite: keeps registers in the data directory,",
        "sqlite:FILE in that file, memory: nowhere (sqlite:)."
      })
  StoreAddress store = StoreAddress.parse("sqlite:");

  @Option(
      names = "--fsync",
      paramLabel = "WHEN",
      converter = Words.OfFsync.class,
      completionCandidates = Words.OfFsync.class,
      description = {
        "When a write is on disk: always, before it is answered;",
        "everysec, up to a second later; never, when the system likes (always)."
      })
  Fsync fsync = Fsync.ALWAYS;

  @Option(
      names = "--history",
      paramLabel = "LIMIT",
      converter = History.class,
      description = "How much history is kept: an age or a number of rows (90d, 1000000rows).")
  HistoryLimit history = HistoryLimit.DEFAULT;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "PEM certificate for TLS, with those that signed it (one is made).")
  Path cert;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "PEM private key of --cert.")
  Path key;

  @Option(
      names = "--tls-profile",
      paramLabel = "PROFILE",
      converter = Words.OfTlsProfile.class,
      completionCandidates = Words.OfTlsProfile.class,
      description = {
        "TLS 1.3 only: modern; TLS 1.2 and 1.3 with forward secrecy: board;",
        "unsafe, what old boards need, RSA key exchange: legacy (board)."
      })
  TlsProfile tlsProfile = TlsProfile.BOARD;

  @Option(
      names = "--keylog",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = {
        "Append the keys of TLS connections to this file, for Wireshark.",
        "Who has the file reads all that passed; see 'wwep help wireshark'."
      })
  Path keyLog;

  @Mixin AccessOptions access;

  @Option(
      names = "--frame-timeout",
      paramLabel = "TIME",
      converter = Durations.OfConnection.class,
      description = "Longest pause inside a frame (150ms).")
  Duration frameTimeout = millis(Timeouts.DEFAULT.frameMillis());

  @Option(
      names = "--linger",
      paramLabel = "TIME",
      converter = Durations.OfLinger.class,
      description = "How long a connection stays open after its first reply (250ms).")
  Duration linger = millis(Timeouts.DEFAULT.lingerMillis());

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      converter = Durations.OfConnection.class,
      description = "Longest pause between the frames of a session (5m).")
  Duration idleTimeout = millis(Timeouts.DEFAULT.idleMillis());

  @Option(
      names = "--first-byte-timeout",
      paramLabel = "TIME",
      converter = Durations.OfConnection.class,
      description = "How long a connection may send nothing at all (10s).")
  Duration firstByteTimeout = millis(Timeouts.DEFAULT.firstByteMillis());

  @Option(
      names = "--handshake-timeout",
      paramLabel = "TIME",
      converter = Durations.OfConnection.class,
      description = "How long a TLS handshake may take (30s).")
  Duration handshakeTimeout = millis(Timeouts.DEFAULT.handshakeMillis());

  @Option(
      names = "--send-timeout",
      paramLabel = "TIME",
      converter = Durations.OfConnection.class,
      description = "How long a peer may take nothing of the replies that wait for it (30s).")
  Duration sendTimeout = millis(Timeouts.DEFAULT.sendMillis());

  @Option(
      names = "--one-shot",
      description = "Close right after the first reply, as the class server does.")
  boolean oneShot;

  @Option(
      names = "--explain",
      description = "Send the reason behind each X on the wire too, as in 'X not-written'.")
  boolean explain;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      converter = Numbers.Connections.class,
      description = "Most connections at a time (10000).")
  Integer maxConnections = Limits.DEFAULT.connectionsMax();

  @Option(
      names = "--max-connections-per-address",
      paramLabel = "N",
      converter = Numbers.Limit.class,
      description = {
        "Most of them from one address, 0 for no limit (5000).",
        "An address: one of IPv4, or a /64 of IPv6."
      })
  Integer maxConnectionsPerAddress = Limits.DEFAULT.connectionsPerAddressMax();

  @Option(
      names = "--max-handshakes-per-address",
      paramLabel = "N",
      converter = Numbers.Limit.class,
      description = "Most TLS handshakes at a time from one address, 0 for no limit (500).")
  Integer maxHandshakesPerAddress = Limits.DEFAULT.handshakesPerAddressMax();

  @Option(
      names = "--max-requests-per-second",
      paramLabel = "N",
      converter = Numbers.Limit.class,
      description = "Most requests a second from one address, 0 for no limit (0).")
  Integer maxRequestsPerSecond = Limits.DEFAULT.requestsPerSecondMax();

  @Option(
      names = "--read-only",
      paramLabel = "PORTS",
      converter = Words.OfReadOnly.class,
      completionCandidates = Words.OfReadOnly.class,
      description = {
        "Ports that take reads only: none, plain, tls, or all,",
        "which is for the browser console too (none)."
      })
  ReadOnly readOnly = ReadOnly.NONE;

  @Mixin ConsoleOptions console;

  @Option(
      names = "--transport",
      paramLabel = "HOW",
      converter = Words.OfTransport.class,
      completionCandidates = Words.OfTransport.class,
      description = "What moves the bytes: auto, io_uring, epoll or nio (auto).")
  Transport transport = Transport.AUTO;

  @Option(
      names = "--log",
      paramLabel = "FORMAT",
      converter = Words.OfLogFormat.class,
      completionCandidates = Words.OfLogFormat.class,
      description = "Print lines for people, or JSON objects: text or json (text).")
  LogFormat log = LogFormat.TEXT;

  @Option(names = "--quiet", description = "Print where the server listens, and no transactions.")
  boolean quiet;

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  /**
   * Returns the part that the server takes.
   *
   * @throws BadSetting when two options contradict each other, or one lacks another
   * @throws CliException when there is nothing to serve, or one port for two
   */
  ServerConfig serverConfig() {
    requirePair();
    if (keyLog != null && noTls) {
      throw new BadSetting(
          "keylog", "is for TLS, and --no-tls is given too: leave one of the two out");
    }
    requireReadOnlyPort();
    access.requireConsistent(!noTls);
    console.requireConsistent(!noTls);
    try {
      return new ServerConfig(
          bind,
          noPlain ? ServerConfig.NOT_SERVED : port,
          noTls ? ServerConfig.NOT_SERVED : tlsPort,
          timeouts(),
          oneShot,
          explain,
          readOnly,
          tlsProfile,
          limits(),
          transport,
          0);
    } catch (IllegalArgumentException e) {
      throw new CliException(
          "%s: try '%s help serve'".formatted(e.getMessage(), CommandName.TEXT), e);
    }
  }

  private void requirePair() {
    String given = cert == null ? "key" : "cert";
    if ((cert == null) != (key == null)) {
      throw new BadSetting(
          given,
          "needs --%s: give both files, or none to have a certificate made"
              .formatted(cert == null ? "cert" : "key"));
    }
    if (cert != null && noTls) {
      throw new BadSetting(
          given, "is for TLS, and --no-tls is given too: leave one of the two out");
    }
  }

  private void requireReadOnlyPort() {
    if ((readOnly == ReadOnly.TLS && noTls) || (readOnly == ReadOnly.PLAIN && noPlain)) {
      throw new BadSetting(
          "read-only",
          "is for the %s port, and %s is given too: leave one of the two out"
              .formatted(
                  readOnly == ReadOnly.TLS ? "TLS" : "plain", noTls ? "--no-tls" : "--no-plain"));
    }
  }

  private Timeouts timeouts() {
    return new Timeouts(
        frameTimeout.toMillis(),
        linger.toMillis(),
        idleTimeout.toMillis(),
        firstByteTimeout.toMillis(),
        handshakeTimeout.toMillis(),
        sendTimeout.toMillis());
  }

  private Limits limits() {
    return new Limits(
        maxConnections, maxConnectionsPerAddress, maxHandshakesPerAddress, maxRequestsPerSecond);
  }
}
