package io.wwep.board;

import io.wwep.client.ClientIdentity;
import io.wwep.client.Trust;
import io.wwep.client.WwepClient;
import io.wwep.client.WwepClientBuilder;
import io.wwep.keylog.KeyLog;
import io.wwep.keylog.KeyLogException;
import io.wwep.protocol.Wwep;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Builds a {@link Board}. Each setting is checked when it is given. Not thread-safe. */
public final class BoardBuilder {

  private final WwepClientBuilder plain;
  private final WwepClientBuilder secure;
  private final String host;
  private final List<Trust> trusts = new ArrayList<>();
  private ClientIdentity identity;
  private Carrier carrier = WwepClient::exchange;
  private Led led = on -> {};
  private MacAddress mac;
  private Board.MacOrigin macOrigin = Board.MacOrigin.GIVEN;
  private Supplier<Optional<MacAddress>> machine = MacAddress::ofThisMachine;

  BoardBuilder(String host) {
    this.host = host;
    plain = WwepClient.builder(host).port(Wwep.PLAIN_PORT);
    secure = WwepClient.builder(host).port(Wwep.TLS_PORT);
  }

  /** Sets the server's plain port, 1 to 65,535: 27708. */
  public BoardBuilder plainPort(int port) {
    plain.port(port);
    return this;
  }

  /** Sets the server's TLS port, 1 to 65,535: 40508. */
  public BoardBuilder tlsPort(int port) {
    secure.port(port);
    return this;
  }

  /** Says which server button 1 believes; without it, button 1 sends nothing and asks for it. */
  public BoardBuilder trust(Trust trust) {
    return trust(trust, null);
  }

  /**
   * Says which server button 1 believes, and with which certificate the board proves who it is.
   *
   * @param identity null for a board without a certificate
   */
  public BoardBuilder trust(Trust trust, ClientIdentity identity) {
    trusts.add(0, Objects.requireNonNull(trust, "trust must be given"));
    this.identity = identity;
    return this;
  }

  /** Adds what button 1 can be told to believe in place of that, of another {@link Trust.Kind}. */
  public BoardBuilder alternative(Trust trust) {
    trusts.add(Objects.requireNonNull(trust, "trust must be given"));
    return this;
  }

  /**
   * Has the keys of button 1's connections written down; see {@link WwepClientBuilder#keyLog}.
   *
   * @throws KeyLogException when this Java does not let its keys be read
   */
  public BoardBuilder keyLog(KeyLog keyLog) {
    secure.keyLog(keyLog);
    return this;
  }

  /**
   * Sets the board's MAC address. Without it the board has this machine's, or a random one where
   * the machine tells none.
   */
  public BoardBuilder mac(MacAddress mac) {
    this.mac = Objects.requireNonNull(mac, "mac must be given");
    macOrigin = Board.MacOrigin.GIVEN;
    return this;
  }

  /** Gives the board a random MAC address, marked as locally administered. */
  public BoardBuilder randomMac(RandomGenerator random) {
    mac = MacAddress.random(random);
    macOrigin = Board.MacOrigin.CHOSEN_AT_RANDOM;
    return this;
  }

  /** Sets how long a connection may take, 1 ms to 10 minutes: 2 s, as in the lecture. */
  public BoardBuilder connectTimeout(Duration time) {
    plain.connectTimeout(time);
    secure.connectTimeout(time);
    return this;
  }

  /** Sets how long a TLS handshake may take, 1 ms to 10 minutes: 10 s. */
  public BoardBuilder handshakeTimeout(Duration time) {
    secure.handshakeTimeout(time);
    return this;
  }

  /** Sets how long a reply may take, 1 ms to 10 minutes: 500 ms, as in the lecture. */
  public BoardBuilder replyTimeout(Duration time) {
    plain.replyTimeout(time);
    secure.replyTimeout(time);
    return this;
  }

  /** Sets who brings the board's messages to the server: at first its own clients do. */
  public BoardBuilder carrier(Carrier carrier) {
    this.carrier = Objects.requireNonNull(carrier, "carrier must be given");
    return this;
  }

  /** Sets what shows the LED beside {@link Board#isLedOn}, as a pin does. */
  public BoardBuilder led(Led led) {
    this.led = Objects.requireNonNull(led, "led must be given");
    return this;
  }

  BoardBuilder machine(Supplier<Optional<MacAddress>> machine) {
    this.machine = machine;
    return this;
  }

  /** Returns the board, with its LED off. */
  public Board build() {
    if (mac != null) {
      return board(mac, macOrigin);
    }
    Optional<MacAddress> own = machine.get();
    return own.isPresent()
        ? board(own.get(), Board.MacOrigin.MACHINE)
        : board(MacAddress.random(new SecureRandom()), Board.MacOrigin.RANDOM);
  }

  private Board board(MacAddress address, Board.MacOrigin origin) {
    return new Board(
        address, origin, host, plain.build(), new TlsSide(secure, trusts, identity), carrier, led);
  }
}
