package io.wwep.board;

import io.wwep.client.Trust;
import io.wwep.client.WwepClient;
import io.wwep.client.WwepClientBuilder;
import io.wwep.protocol.Wwep;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Builds a {@link Board}. Each setting is checked when it is given. Not thread-safe. */
public final class BoardBuilder {

  private final String host;
  private int plainPort = Wwep.PLAIN_PORT;
  private int tlsPort = Wwep.TLS_PORT;
  private Trust trust;
  private MacAddress mac;
  private Duration connectTimeout = Duration.ofSeconds(2);
  private Duration handshakeTimeout = Duration.ofSeconds(10);
  private Duration replyTimeout = Duration.ofMillis(500);
  private Supplier<Optional<MacAddress>> machine = MacAddress::ofThisMachine;

  BoardBuilder(String host) {
    // Checks the host now, with the message of the room that will use it.
    WwepClient.builder(host);
    this.host = host;
  }

  /** Sets the server's plain port, 1 to 65,535: 27708. */
  public BoardBuilder plainPort(int port) {
    WwepClient.builder(host).port(port);
    plainPort = port;
    return this;
  }

  /** Sets the server's TLS port, 1 to 65,535: 40508. */
  public BoardBuilder tlsPort(int port) {
    WwepClient.builder(host).port(port);
    tlsPort = port;
    return this;
  }

  /** Says which server button 1 believes; without it, button 1 sends nothing and asks for it. */
  public BoardBuilder trust(Trust trust) {
    this.trust = Objects.requireNonNull(trust, "trust must be given");
    return this;
  }

  /**
   * Sets the board's MAC address. Without it the board has this machine's, or a random one where
   * the machine tells none.
   */
  public BoardBuilder mac(MacAddress mac) {
    this.mac = Objects.requireNonNull(mac, "mac must be given");
    return this;
  }

  /** Sets how long a connection may take, 1 ms to 10 minutes: 2 s, as in the lecture. */
  public BoardBuilder connectTimeout(Duration time) {
    WwepClient.builder(host).connectTimeout(time);
    connectTimeout = time;
    return this;
  }

  /** Sets how long a TLS handshake may take, 1 ms to 10 minutes: 10 s. */
  public BoardBuilder handshakeTimeout(Duration time) {
    WwepClient.builder(host).handshakeTimeout(time);
    handshakeTimeout = time;
    return this;
  }

  /** Sets how long a reply may take, 1 ms to 10 minutes: 500 ms, as in the lecture. */
  public BoardBuilder replyTimeout(Duration time) {
    WwepClient.builder(host).replyTimeout(time);
    replyTimeout = time;
    return this;
  }

  BoardBuilder machine(Supplier<Optional<MacAddress>> machine) {
    this.machine = machine;
    return this;
  }

  /** Returns the board, with its LED off. */
  public Board build() {
    WwepClient plain = client(plainPort).build();
    WwepClient secure = trust == null ? null : client(tlsPort).tls(trust).build();
    String secureEndpoint = client(tlsPort).build().endpoint();
    String trusts = trust == null ? "" : trust.toString();
    if (mac != null) {
      return new Board(mac, Board.MacOrigin.GIVEN, plain, secure, secureEndpoint, trusts);
    }
    Optional<MacAddress> own = machine.get();
    return own.isPresent()
        ? new Board(own.get(), Board.MacOrigin.MACHINE, plain, secure, secureEndpoint, trusts)
        : new Board(
            MacAddress.random(new SecureRandom()),
            Board.MacOrigin.RANDOM,
            plain,
            secure,
            secureEndpoint,
            trusts);
  }

  private WwepClientBuilder client(int port) {
    return WwepClient.builder(host)
        .port(port)
        .connectTimeout(connectTimeout)
        .handshakeTimeout(handshakeTimeout)
        .replyTimeout(replyTimeout);
  }
}
