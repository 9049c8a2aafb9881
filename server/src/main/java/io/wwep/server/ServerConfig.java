package io.wwep.server;

import io.wwep.server.tls.TlsProfile;
import java.util.function.Consumer;

/**
 * What a server does, apart from its registers and its TLS identity. Checked when it is made.
 *
 * @param bindAddress address or name to listen on, or null for all interfaces, IPv4 and IPv6
 * @param plainPort port of the plain protocol, 0 for a free one, {@link #NOT_SERVED} for none
 * @param tlsPort port of the protocol over TLS, 0 for a free one, {@link #NOT_SERVED} for none
 * @param timeouts how long a connection may do nothing
 * @param oneShot close right after the first reply, as the class server does
 * @param explain send the reason behind each {@code X} on the wire too
 * @param readOnly which ports take reads only
 * @param tlsProfile which versions and suites of TLS are taken
 * @param limits how much is taken from peers
 * @param transport which of the operating system's interfaces moves the bytes
 * @param eventLoops number of event loops, 0 to choose by the number of processors
 */
public record ServerConfig(
    String bindAddress,
    int plainPort,
    int tlsPort,
    Timeouts timeouts,
    boolean oneShot,
    boolean explain,
    ReadOnly readOnly,
    TlsProfile tlsProfile,
    Limits limits,
    Transport transport,
    int eventLoops) {

  /** Stands for a port that is not served. */
  public static final int NOT_SERVED = -1;

  private static final int PORT_MAX = 65_535;
  private static final int EVENT_LOOPS_MAX = 256;

  /**
   * @throws IllegalArgumentException when a number is out of its range or no port is served
   */
  public ServerConfig {
    requireRange("plain port", plainPort, NOT_SERVED, PORT_MAX);
    requireRange("TLS port", tlsPort, NOT_SERVED, PORT_MAX);
    requireRange("number of event loops", eventLoops, 0, EVENT_LOOPS_MAX);
    if (plainPort == NOT_SERVED && tlsPort == NOT_SERVED) {
      throw new IllegalArgumentException(
          "nothing to serve: leave the plain port or the TLS port switched on");
    }
    if (plainPort > 0 && plainPort == tlsPort) {
      throw new IllegalArgumentException(
          "the plain port and the TLS port are both %d: give them different numbers"
              .formatted(plainPort));
    }
  }

  /**
   * Free ports on all interfaces, and everything else as a server started without options has it.
   */
  public static ServerConfig onFreePorts() {
    return new ServerConfig(
        null,
        0,
        0,
        Timeouts.DEFAULT,
        false,
        false,
        ReadOnly.NONE,
        TlsProfile.BOARD,
        Limits.DEFAULT,
        Transport.AUTO,
        0);
  }

  /** Returns a copy with these ports. */
  public ServerConfig withPorts(int plain, int tls) {
    return with(
        copy -> {
          copy.plainPort = plain;
          copy.tlsPort = tls;
        });
  }

  /** Returns a copy with these timeouts. */
  public ServerConfig withTimeouts(Timeouts other) {
    return with(copy -> copy.timeouts = other);
  }

  /** Returns a copy that closes after the first reply, or not. */
  public ServerConfig withOneShot(boolean on) {
    return with(copy -> copy.oneShot = on);
  }

  /** Returns a copy that sends reasons on the wire, or not. */
  public ServerConfig withExplain(boolean on) {
    return with(copy -> copy.explain = on);
  }

  /** Returns a copy with these read-only ports. */
  public ServerConfig withReadOnly(ReadOnly ports) {
    return with(copy -> copy.readOnly = ports);
  }

  /** Returns a copy with these limits. */
  public ServerConfig withLimits(Limits other) {
    return with(copy -> copy.limits = other);
  }

  /** Returns a copy with this bound on connections in all. */
  public ServerConfig withConnectionsMax(int max) {
    return withLimits(limits.withConnections(max));
  }

  /** Returns a copy that uses this transport. */
  public ServerConfig withTransport(Transport other) {
    return with(copy -> copy.transport = other);
  }

  private ServerConfig with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.finished();
  }

  /** A configuration that is being changed. */
  private static final class Copy {
    private final ServerConfig original;
    private int plainPort;
    private int tlsPort;
    private Timeouts timeouts;
    private boolean oneShot;
    private boolean explain;
    private ReadOnly readOnly;
    private Limits limits;
    private Transport transport;

    Copy(ServerConfig original) {
      this.original = original;
      plainPort = original.plainPort;
      tlsPort = original.tlsPort;
      timeouts = original.timeouts;
      oneShot = original.oneShot;
      explain = original.explain;
      readOnly = original.readOnly;
      limits = original.limits;
      transport = original.transport;
    }

    ServerConfig finished() {
      return new ServerConfig(
          original.bindAddress,
          plainPort,
          tlsPort,
          timeouts,
          oneShot,
          explain,
          readOnly,
          original.tlsProfile,
          limits,
          transport,
          original.eventLoops);
    }
  }

  static void requireRange(String name, int number, int min, int max) {
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, not %d".formatted(name, min, max, number));
    }
  }
}
