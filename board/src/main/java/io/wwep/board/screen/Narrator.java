package io.wwep.board.screen;

import io.wwep.board.Board;
import io.wwep.board.Contact;
import io.wwep.board.Transmission;
import io.wwep.board.Verdict;
import io.wwep.board.Verification;
import io.wwep.board.screen.Line.Tone;
import io.wwep.client.TlsDetails;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Tells what a board does in the lines that it prints on its serial port. */
final class Narrator {

  private static final List<String> HELP =
      List.of(
          "0  flip the LED, send it over plain TCP",
          "1  flip the LED, send it over TLS",
          "x  send an illegal packet",
          "r  read the LED's register back",
          "v  verification: none, root, pin",
          "c  client certificate: on, off",
          "q  quit; Ctrl-C and Ctrl-D too");

  private final Board board;
  private final BiConsumer<String, Tone> port;

  Narrator(Board board, BiConsumer<String, Tone> port) {
    this.board = board;
    this.port = port;
  }

  void start() {
    print("board up, MAC %s, device ID %04X".formatted(board.mac(), board.deviceId()));
  }

  void found(Place place) {
    if (!place.server().equals(board.host())) {
      print("DNS: %s is %s".formatted(board.host(), place.server()));
    }
  }

  void notFound() {
    port.accept(
        "DNS: there is no way to %s: check its spelling, or give the IP address with --host"
            .formatted(board.host()),
        Tone.BAD);
  }

  void begins(char key) {
    String led = "LED %s".formatted(board.isLedOn() ? "on" : "off");
    port.accept(
        switch (key) {
          case '0' -> "button 0: %s, to %s".formatted(led, board.plainEndpoint());
          case '1' -> "button 1: %s, over TLS to %s".formatted(led, board.secureEndpoint());
          case 'x' -> "illegal packet, to %s".formatted(board.plainEndpoint());
          default -> "read back, from %s".formatted(board.plainEndpoint());
        },
        Tone.STRONG);
  }

  void sent(Transmission transmission) {
    transmission.contact().ifPresent(this::connected);
    if (!transmission.sent().isEmpty()) {
      print("  sent      " + transmission.sent());
      print(
          "  received  %s, %s"
              .formatted(
                  transmission.received().isEmpty() ? "nothing" : transmission.received(),
                  millis(transmission.elapsed())));
    }
    port.accept(
        "  " + transmission.meaning(),
        transmission.verdict() == Verdict.FINE ? Tone.GOOD : Tone.BAD);
  }

  private void connected(Contact contact) {
    print(
        "  connected to %s, %s"
            .formatted(
                contact.server().getAddress().getHostAddress(), millis(contact.connecting())));
    contact.tls().ifPresent(this::handshake);
  }

  private void handshake(TlsDetails tls) {
    print("  %s, %s".formatted(tls.version(), tls.cipherSuite()));
    print(
        "  server's certificate %s: %s"
            .formatted(tls.fingerprint().substring(0, 11) + "…", verified()));
    if (tls.clientCertificate() == TlsDetails.ClientCertificate.SHOWN) {
      print("  client certificate shown: " + board.identity());
    }
  }

  private String verified() {
    Verification verification = board.verification();
    return switch (verification) {
      case ROOT -> "verified by the root certificate";
      case PIN -> "it is the pinned one";
      default -> "not verified";
    };
  }

  void help() {
    HELP.forEach(this::print);
  }

  private void print(String text) {
    port.accept(text, Tone.PLAIN);
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
  }
}
