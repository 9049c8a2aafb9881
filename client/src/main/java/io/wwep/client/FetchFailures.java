package io.wwep.client;

import java.net.SocketException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The sentences for a handshake that ended before the server had shown its certificates. */
final class FetchFailures {

  /** Later JDKs put the name of the alert in front of what they say. */
  private static final Pattern ALERT_IN_FRONT = Pattern.compile("^\\([a-z_]+\\) ");

  private static final String ALERT = "Received fatal alert: ";

  private final Endpoint endpoint;
  private final Settings settings;
  private final String serverName;
  private final boolean late;
  private final byte[] first;

  /**
   * @param late whether the time was up
   * @param first what the server sent first
   */
  FetchFailures(Settings settings, String serverName, boolean late, byte[] first) {
    this.settings = settings;
    this.endpoint = settings.endpoint();
    this.serverName = serverName;
    this.late = late;
    this.first = first;
  }

  WwepException because(Exception failure) {
    ForeignAnswer answer = ForeignAnswer.of(first);
    if (answer != ForeignAnswer.NONE) {
      return notTls(answer, failure);
    }
    if (late) {
      return timedOut();
    }
    return new WwepException.Unreachable(
        first.length == 0 ? saidNothing(failure) : refused(failure), failure);
  }

  private WwepException timedOut() {
    String what =
        first.length == 0
            ? "%s took the connection and answered nothing within %s: is this its TLS port, and does a program without TLS wait there for its client?"
            : "the TLS handshake with %s did not end within %s: try again, or give it more time with --timeout";
    return new WwepException.TimedOut(
        what.formatted(endpoint, Limits.show(settings.handshakeTimeout())), false);
  }

  private WwepException notTls(ForeignAnswer answer, Exception failure) {
    String cure =
        switch (answer) {
          case HTTP -> ": give the port of its HTTPS, which usually is 443";
          case WWEP -> ", and shows no certificate: give its TLS port, usually 40508";
          default -> ": give its TLS port, or check the host";
        };
    return new WwepException.NotWwep(endpoint + " " + answer.words(first) + cure, failure, false);
  }

  private String saidNothing(Exception failure) {
    return failure instanceof SocketException
        ? "%s broke the connection off when TLS began: is this its TLS port?".formatted(endpoint)
        : "%s closed the connection when TLS began, without a word: is this its TLS port?"
            .formatted(endpoint);
  }

  private String refused(Exception failure) {
    String words = words(failure);
    if (words.startsWith(ALERT)) {
      return alert(words.substring(ALERT.length()));
    }
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("empty server certificate chain")) {
      return "%s sends no certificate: give the server one, as 'wwep cert server' makes it"
          .formatted(endpoint);
    }
    if (lower.contains("size of the handshake message") || lower.contains("chain length")) {
      return "%s sends more certificates than a server may have (%s): leave in its file its own and those that signed it"
          .formatted(endpoint, words);
    }
    if (lower.contains("certificate")) {
      return "%s sends a certificate that cannot be read (%s): make it anew, or look at its file with openssl asn1parse"
          .formatted(endpoint, words);
    }
    return "%s ended the TLS handshake before it showed a certificate (%s): its log says why"
        .formatted(endpoint, words);
  }

  private String alert(String name) {
    return switch (name) {
      case "unrecognized_name" ->
          "%s has no certificate for the name %s: ask for another with --servername NAME"
              .formatted(endpoint, serverName);
      case "protocol_version" ->
          "%s speaks no version of TLS that this Java has (alert protocol_version): it is very old, update it"
              .formatted(endpoint);
      case "handshake_failure", "insufficient_security" ->
          "%s refused (alert %s): it has no cipher suite or curve in common with this Java, wants a --servername, or has no certificate"
              .formatted(endpoint, name);
      default ->
          "%s refused the TLS handshake (alert %s): its log says why".formatted(endpoint, name);
    };
  }

  /** Returns what the TLS stack says, in one line. */
  static String words(Exception failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return ALERT_IN_FRONT.matcher(message).replaceFirst("");
  }
}
