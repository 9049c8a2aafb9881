package io.wwep.board;

import io.wwep.client.RawExchange;
import io.wwep.client.WwepClient;
import io.wwep.client.WwepException;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A board of the lecture, without hardware: two buttons, an LED, and a device ID made of its MAC
 * address. Button 0 sends the LED's state over plain TCP, button 1 over TLS (exercises 01, 02, 03
 * and 06).
 *
 * <p>Each message has a connection of its own, as on the real board. Methods return within the
 * connect, handshake and reply timeouts, and never throw for what a server or a network does. Owned
 * by one thread.
 */
public final class Board {

  /** Where the MAC address comes from. */
  public enum MacOrigin {
    /** A person gave it. */
    GIVEN,
    /** It is one of this machine's own. */
    MACHINE,
    /** This machine tells none, so it is random and marked as locally administered. */
    RANDOM
  }

  /** The register that holds the LED's state: 0000 is off, 0001 is on. */
  public static final int LED_REGISTER = 0x05;

  /** The lecture's example of an illegal packet. */
  public static final String ILLEGAL_PACKET = "W01234";

  private final MacAddress mac;
  private final MacOrigin macOrigin;
  private final WwepClient plain;
  private final WwepClient secure;
  private final String secureEndpoint;
  private final String trusts;
  private final Carrier carrier;
  private final Led ledPin;
  private final RegisterId led;
  private boolean ledOn;
  private boolean stored;

  /**
   * @param secure null when nobody said whom to trust
   * @param trusts the trust of {@code secure} in words
   * @param carrier brings the messages instead of the clients, or null
   * @param ledPin shows the LED too
   */
  Board(
      MacAddress mac,
      MacOrigin macOrigin,
      WwepClient plain,
      WwepClient secure,
      String secureEndpoint,
      String trusts,
      Carrier carrier,
      Led ledPin) {
    this.mac = mac;
    this.macOrigin = macOrigin;
    this.plain = plain;
    this.secure = secure;
    this.secureEndpoint = secureEndpoint;
    this.trusts = trusts;
    this.carrier = carrier;
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

  /** Returns where button 0 sends, as {@code host:port}. */
  public String plainEndpoint() {
    return plain.endpoint();
  }

  /** Returns where button 1 sends, as {@code host:port}. */
  public String secureEndpoint() {
    return secureEndpoint;
  }

  /** Returns which servers button 1 believes, in words; empty when nobody said so. */
  public String trusts() {
    return trusts;
  }

  /**
   * Presses a button: flips the LED and sends its state to the server.
   *
   * @param button 0 for plain TCP, 1 for TLS
   * @throws IllegalArgumentException for any other button
   */
  public Transmission press(int button) {
    if (button != 0 && button != 1) {
      throw new IllegalArgumentException("button must be 0 or 1, not " + button);
    }
    ledOn = !ledOn;
    ledPin.show(ledOn);
    Request.Write write = new Request.Write(led, ledOn ? 1 : 0);
    Transmission transmission = send(button == 1, write.encode(), new WriteJudge(write));
    stored |= transmission.verdict() == Verdict.FINE;
    return transmission;
  }

  /** Sends the lecture's illegal packet over plain TCP; an {@code X} is what should come back. */
  public Transmission sendIllegal() {
    return send(
        false, ILLEGAL_PACKET.getBytes(StandardCharsets.US_ASCII), new IllegalPacketJudge());
  }

  /** Reads the LED's register back over plain TCP. */
  public Transmission readBack() {
    Request.Read read = new Request.Read(led);
    return send(false, read.encode(), new ReadJudge(led, ledOn, stored));
  }

  private Transmission send(boolean overTls, byte[] message, Judge judge) {
    WwepClient client = overTls ? secure : plain;
    if (client == null) {
      return nothingSent(
          overTls,
          Verdict.NOT_TRUSTED,
          "not sent: button 1 uses TLS and must know which server to trust: start with --ca FILE,"
              + " --pin SHA256, or --insecure to trust any");
    }
    try {
      RawExchange exchange =
          carrier == null ? client.exchange(message) : carrier.exchange(overTls, message);
      Judgement judgement = judge.judge(exchange);
      return new Transmission(
          overTls,
          new String(message, StandardCharsets.US_ASCII),
          exchange.receivedText(),
          judgement.verdict(),
          judgement.meaning(),
          exchange.elapsed());
    } catch (WwepException e) {
      return nothingSent(overTls, verdict(e), e.getMessage());
    }
  }

  private static Transmission nothingSent(boolean overTls, Verdict verdict, String meaning) {
    return new Transmission(overTls, "", "", verdict, meaning, Duration.ZERO);
  }

  private static Verdict verdict(WwepException failure) {
    if (failure instanceof WwepException.NotTrusted
        || failure instanceof WwepException.NotAdmitted) {
      return Verdict.NOT_TRUSTED;
    }
    return failure instanceof WwepException.NotWwep ? Verdict.WRONG_REPLY : Verdict.UNREACHABLE;
  }
}
