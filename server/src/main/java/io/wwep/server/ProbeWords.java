package io.wwep.server;

import java.time.Duration;

/** What is said of how a probe ended. Immutable. */
final class ProbeWords {

  private static final String WRONG = "a certificate of an unknown CA";

  private final int device;
  private final String address;
  private final Duration limit;

  ProbeWords(int device, String address, Duration limit) {
    this.device = device;
    this.address = address;
    this.limit = limit;
  }

  private static String id(int device) {
    return "%04X".formatted(device);
  }

  String refused(String alert) {
    return "%s was shown %s, and hung up with alert %s: it verifies the server"
        .formatted(id(device), WRONG, alert);
  }

  String dropped(boolean orderly) {
    return "%s was shown %s, and hung up %s, so whether it verifies the server is not known: maybe, if it does not hang up on the right certificate too. Have its TLS send an alert%s, and probe it again"
        .formatted(
            id(device),
            WRONG,
            orderly ? "with close_notify, which gives no reason" : "without an alert",
            orderly ? " that does" : "");
  }

  String taken(int named) {
    String cure =
        "so anyone could be the server: load the server's certificate as its root before it connects, and have its TLS require one that verifies";
    if (named < 0 || named == device) {
      return "%s was shown %s, and sent its message all the same: it does not verify the server, %s"
          .formatted(id(device), WRONG, cure);
    }
    return "it was %s, not %s, that came from %s; it was shown %s, and sent its message all the same: it does not verify the server, %s. Probe %s again"
        .formatted(id(named), id(device), address, WRONG, cure, id(device));
  }

  /**
   * @param left whether it has closed, and not only been silent to the end of the time
   */
  String silent(boolean left) {
    return "%s was shown %s, finished the handshake and %s: it looks at the certificate late, or had nothing to say; probe it again while it sends messages"
        .formatted(
            id(device),
            WRONG,
            left ? "left without a message" : "sent no message within %s".formatted(time()));
  }

  String failed(String why) {
    return "%s was shown %s, but the handshake failed for another reason, so nothing is known of that: %s"
        .formatted(id(device), WRONG, why);
  }

  String expired() {
    return "no TLS connection came from %s within %s, so nothing is known of %s: have it send a message over TLS, and probe it again"
        .formatted(address, time(), id(device));
  }

  String unfinished() {
    return "%s came, and was not done with the handshake %s after the probe began: probe it again right before it connects"
        .formatted(id(device), time());
  }

  String cancelled() {
    return "the probe was called off before %s came".formatted(id(device));
  }

  private String time() {
    return limit.toMinutes() > 0 && limit.toSecondsPart() == 0
        ? limit.toMinutes() + " min"
        : limit.toMillis() < 1_000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s";
  }
}
