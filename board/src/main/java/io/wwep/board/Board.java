package io.wwep.board;

import io.wwep.client.WwepClient;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A board of the lecture, without hardware: two buttons, an LED, and a device ID made of its MAC
 * address. Button 0 sends the LED's state over plain TCP, button 1 over TLS (exercises 01, 02, 03
 * and 06).
 *
 * <p>Each message has a connection of its own, as on the real board. Methods return within the
 * connect, handshake and reply timeouts, and never throw for what a server or a network does. Owned
 * by one thread; any thread may call {@link #close} and what only tells of the board.
 */
public final class Board implements AutoCloseable {

  /** Where the MAC address comes from. */
  public enum MacOrigin {
    /** A person gave it. */
    GIVEN,
    /** It is one of this machine's own. */
    MACHINE,
    /** This machine tells none, so it is random and marked as locally administered. */
    RANDOM,
    /** A person asked for a random one. */
    CHOSEN_AT_RANDOM
  }

  /** The register that holds the LED's state: 0000 is off, 0001 is on. */
  public static final int LED_REGISTER = 0x05;

  /** The lecture's example of an illegal packet. */
  public static final String ILLEGAL_PACKET = "W01234";

  private final MacAddress mac;
  private final MacOrigin macOrigin;
  private final String host;
  private final Sockets sockets;
  private final TlsSide tls;
  private final Led ledPin;
  private final RegisterId led;
  private volatile boolean ledOn;
  private boolean stored;

  /**
   * @param carrier brings the messages to the server
   * @param ledPin shows the LED too
   */
  Board(
      MacAddress mac,
      MacOrigin macOrigin,
      String host,
      WwepClient plain,
      TlsSide tls,
      Carrier carrier,
      Led ledPin) {
    this.mac = mac;
    this.macOrigin = macOrigin;
    this.host = host;
    sockets = new Sockets(plain, tls, carrier);
    this.tls = tls;
    this.ledPin = ledPin;
    led = new RegisterId(mac.deviceId(), LED_REGISTER);
  }

  /**
   * Returns a builder for a board that talks to this server.
   *
   * @param host a name or an IP address
   */
  public static BoardBuilder builder(String host) {
    return new BoardBuilder(host);
  }

  // ---- what it is

  /** Returns the MAC address. */
  public MacAddress mac() {
    return mac;
  }

  /** Returns where the MAC address comes from. */
  public MacOrigin macOrigin() {
    return macOrigin;
  }

  /** Returns the device ID, the sum of the MAC address' octets: 0 to 1,530. */
  public int deviceId() {
    return led.device();
  }

  /** Whether the LED is on. */
  public boolean isLedOn() {
    return ledOn;
  }

  /** Returns the server's name or address, as it was given. */
  public String host() {
    return host;
  }

  /** Returns where button 0 sends, as {@code host:port}. */
  public String plainEndpoint() {
    return sockets.plainEndpoint();
  }

  /** Returns where button 1 sends, as {@code host:port}. */
  public String secureEndpoint() {
    return tls.endpoint();
  }

  /** Returns which servers button 1 believes, in words; empty when nobody said so. */
  public String trusts() {
    return tls.trusts();
  }

  /** Returns how button 1 verifies servers. */
  public Verification verification() {
    return tls.verification();
  }

  /** Returns what {@link #verify} takes now; a pin once the server has shown its certificate. */
  public List<Verification> verifications() {
    return tls.choices();
  }

  /** Returns whose the client certificate is, in words; empty when the board has none. */
  public String identity() {
    return tls.identity() == null ? "" : tls.identity().toString();
  }

  /** Whether the client certificate is shown to a server that asks. */
  public boolean isIdentityShown() {
    return tls.isIdentityShown();
  }

  // ---- what is changed

  /** Switches the LED, and sends nothing. */
  public void setLed(boolean on) {
    ledOn = on;
    ledPin.show(on);
  }

  /**
   * Chooses how button 1 verifies servers from now on. A pin that nobody gave is that of the
   * certificate which the server showed last: trust on first use.
   *
   * @return {@link Verdict#NOT_TRUSTED} when it lacks what it needs; then nothing has changed
   */
  public Judgement verify(Verification choice) {
    return tls.verify(choice);
  }

  /** Shows the client certificate to servers that ask from now on, or does not. */
  public Judgement showIdentity(boolean shown) {
    return tls.showIdentity(shown);
  }

  // ---- what is sent

  /**
   * Presses a button: flips the LED and sends its state to the server.
   *
   * @param button 0 for plain TCP, 1 for TLS
   * @throws IllegalArgumentException for any other button
   */
  public Transmission press(int button) {
    requireButton(button);
    setLed(!ledOn);
    return sendLed(button);
  }

  /**
   * Sends the LED's state as a button does, and leaves the LED as it is.
   *
   * @param button 0 for plain TCP, 1 for TLS
   * @throws IllegalArgumentException for any other button
   */
  public Transmission sendLed(int button) {
    requireButton(button);
    Request.Write write = new Request.Write(led, ledOn ? 1 : 0);
    Transmission transmission = sockets.send(button == 1, write.encode(), new WriteJudge(write));
    stored |= transmission.verdict() == Verdict.FINE;
    return transmission;
  }

  private static void requireButton(int button) {
    if (button != 0 && button != 1) {
      throw new IllegalArgumentException("button must be 0 or 1, not " + button);
    }
  }

  /**
   * Sends the lecture's illegal packet; an {@code X} is what should come back.
   *
   * @param overTls whether as button 1 does
   */
  public Transmission sendIllegal(boolean overTls) {
    return sockets.send(
        overTls, ILLEGAL_PACKET.getBytes(StandardCharsets.US_ASCII), new IllegalPacketJudge());
  }

  /**
   * Reads the LED's register back.
   *
   * @param overTls whether as button 1 does
   */
  public Transmission readBack(boolean overTls) {
    Request.Read read = new Request.Read(led);
    return sockets.send(overTls, read.encode(), new ReadJudge(led, ledOn, stored));
  }

  /**
   * Sends bytes as they are, and waits for one reply, or for one to each legal frame in them. The
   * verdict is that of a server's user: a legal write must be stored, and any reply to something
   * illegal is fine.
   *
   * @param overTls whether as button 1 does
   * @param message up to 1 MiB
   */
  public Transmission send(boolean overTls, byte[] message) {
    return sockets.send(overTls, message.clone(), FrameJudge.of(message));
  }

  /** Ends what it is at: a message under way counts as not sent. Nothing can be sent any more. */
  @Override
  public void close() {
    sockets.close();
  }
}
