package io.wwep.server.tls;

import io.wwep.certs.ClientRefusal;
import io.wwep.protocol.tls.TlsAlert;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Says why a TLS handshake failed: which alert, in which direction, what that usually means on a
 * board, and what to do.
 *
 * <p>Its input is what the TLS engine throws, BoringSSL's or the JDK's, what the board offered, and
 * what this server has for it. Immutable; any thread.
 */
public final class TlsDiagnosis {

  /** Stands for a connection that was over before its handshake. */
  public static final String CLOSED = "closed";

  /** Stands for causes that have no word. */
  public static final String OTHER = "other";

  /** What the word of an alert that the board sent begins with. */
  public static final String RECEIVED = "received_";

  /** Stands for an orderly end in the middle of the handshake, which gives no reason. */
  public static final String CLOSE_NOTIFY = RECEIVED + TlsAlert.CLOSE_NOTIFY.word();

  /** No alert was seen. */
  public static final int NO_ALERT = -1;

  /**
   * BoringSSL packs library and reason: {@code error:10000418:} is reason 0x418, and reasons from
   * 1000 on are alerts that came from the peer.
   */
  private static final Pattern BORINGSSL_ERROR = Pattern.compile("error:1000([0-9a-fA-F]{4}):");

  private static final int BORINGSSL_ALERT_BASE = 1000;

  /** The second form is that of newer JDKs for an alert in clear where TLS 1.3 expects another. */
  private static final Pattern JDK_ALERT =
      Pattern.compile(
          "(?:Received fatal alert: |Unexpected plaintext alert received: Level: [a-z]+; Alert: )"
              + "([a-z_]+)");

  private static final String SENT_ALERT = "the board sent alert ";

  private static final int CAUSES_MAX = 10;
  private static final int MESSAGE_SHOWN_MAX = 160;

  private final ClientHello hello;
  private final ServerSide server;

  /**
   * @param hello what the board offered, or null when that did not come whole
   * @param server what this server has for it
   */
  public TlsDiagnosis(ClientHello hello, ServerSide server) {
    this.hello = hello;
    this.server = server;
  }

  /**
   * Returns the cause of a failure in a word, to count it by: {@code received_unknown_ca} for an
   * alert of the board, {@code no_shared_cipher} and the like for what this server did not accept,
   * {@link #CLOSED}, or {@link #OTHER}.
   *
   * @param cause what the TLS engine or the channel threw
   * @param alertInClear as for {@link #explain}
   */
  public String word(Throwable cause, int alertInClear) {
    if (refusal(cause) != null) {
      return word(TlsDiagnosisFailure.CLIENT_CERTIFICATE_REFUSED);
    }
    String message = messages(cause);
    int received = receivedAlert(message);
    TlsDiagnosisFailure failure = TlsDiagnosisFailure.in(message);
    if (received == NO_ALERT && failure == TlsDiagnosisFailure.ALERT_IN_CLEAR) {
      received = alertInClear;
    }
    if (received != NO_ALERT) {
      return RECEIVED + TlsAlert.of(received).map(TlsAlert::word).orElse(OTHER);
    }
    return failure != null ? word(failure) : isClose(cause) ? CLOSED : OTHER;
  }

  private static String word(TlsDiagnosisFailure failure) {
    return failure.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Explains a failure.
   *
   * @param cause what the TLS engine or the channel threw
   * @param alertInClear number of the last alert of the board that was not encrypted, or {@link
   *     #NO_ALERT}; the engine cannot tell it where TLS 1.3 expects encryption
   */
  public String explain(Throwable cause, int alertInClear) {
    String refusal = refusal(cause);
    if (refusal != null) {
      return "this server refused the board's certificate: " + refusal;
    }
    String message = messages(cause);
    int received = receivedAlert(message);
    TlsDiagnosisFailure failure = TlsDiagnosisFailure.in(message);
    if (received != NO_ALERT) {
      return received(received);
    }
    if (failure == TlsDiagnosisFailure.ALERT_IN_CLEAR && alertInClear != NO_ALERT) {
      return received(alertInClear);
    }
    if (failure != null) {
      boolean certificate = failure == TlsDiagnosisFailure.ALERT_IN_CLEAR;
      return words().failed(failure) + (certificate ? evidence(true) + clock() : "");
    }
    return isClose(cause) ? explainClose(true) : unknown(message);
  }

  private TlsDiagnosisWords words() {
    return new TlsDiagnosisWords(hello, server);
  }

  /** Returns why this server refused what the board has shown; null where it did not. */
  private static String refusal(Throwable cause) {
    int count = 0;
    for (Throwable each = cause; each != null && count < CAUSES_MAX; each = each.getCause()) {
      if (each instanceof ClientRefusal) {
        return each.getMessage();
      }
      count++;
    }
    return null;
  }

  /**
   * Explains what broke TLS behind the handshake, when requests have been served already.
   *
   * @param cause what the TLS engine or the channel threw
   */
  public String explainBreak(Throwable cause) {
    String message = messages(cause);
    int received = receivedAlert(message);
    TlsDiagnosisFailure failure = TlsDiagnosisFailure.in(message);
    if (received != NO_ALERT) {
      return "TLS ended behind the handshake: " + received(received);
    }
    if (failure != null) {
      return "TLS broke behind the handshake: " + words().failed(failure);
    }
    return "TLS broke behind the handshake (%s): look at the board's own error, and at what it writes to the socket"
        .formatted(shown(message));
  }

  /** Returns the messages of a failure and its causes: engines and Netty wrap one another. */
  private static String messages(Throwable cause) {
    StringBuilder messages = new StringBuilder();
    int count = 0;
    for (Throwable each = cause; each != null && count < CAUSES_MAX; each = each.getCause()) {
      messages.append(each.getMessage()).append('\n');
      count++;
    }
    return messages.toString();
  }

  private static int receivedAlert(String message) {
    Matcher boringssl = BORINGSSL_ERROR.matcher(message);
    if (boringssl.find()) {
      int alert = Integer.parseInt(boringssl.group(1), 16) - BORINGSSL_ALERT_BASE;
      return alert >= 0 && alert <= TlsAlert.NUMBER_MAX ? alert : NO_ALERT;
    }
    if (message.contains("Received close_notify during handshake")) {
      return TlsAlert.CLOSE_NOTIFY.number();
    }
    if (message.contains("Received fatal close_notify alert")) {
      return TlsAlert.USER_CANCELED.number(); // the JDK's words for that one
    }
    Matcher jdk = JDK_ALERT.matcher(message);
    Optional<TlsAlert> named = jdk.find() ? TlsAlert.named(jdk.group(1)) : Optional.empty();
    return named.map(TlsAlert::number).orElse(NO_ALERT);
  }

  private String received(int number) {
    TlsAlert alert = TlsAlert.of(number).orElse(null);
    if (alert == null) {
      return ("the board sent alert %d, which no standard names, and ended the handshake: look at"
              + " the board's own error")
          .formatted(number);
    }
    String known =
        TlsAlert.ABOUT_CERTIFICATE.contains(alert)
            ? evidence(AlertWords.ABOUT_NAME.contains(alert)) + clock()
            : "";
    String size = AlertWords.ABOUT_SIZE.contains(alert) ? size() : "";
    return SENT_ALERT + "%s: %s%s%s".formatted(alert, AlertWords.meaning(alert), known, size);
  }

  /**
   * Whether a sentence of an explanation says that the board refused this server's certificate, as
   * only a board does that looks at it.
   */
  public static boolean isRefusal(String sentence) {
    return TlsAlert.ABOUT_CERTIFICATE.stream()
        .anyMatch(alert -> sentence.startsWith(SENT_ALERT + alert + ":"));
  }

  private String evidence(boolean nameMatters) {
    return hello == null
        ? ""
        : new CertificateEvidence(hello, server).words(Instant.now(), nameMatters);
  }

  private String size() {
    return hello == null ? "" : new CertificateEvidence(hello, server).size();
  }

  private static boolean isClose(Throwable cause) {
    return cause instanceof ClosedChannelException
        || (cause instanceof IOException && !(cause instanceof SSLException));
  }

  private String unknown(String message) {
    return "the TLS handshake failed (%s): compare what the board offers with what this server takes, %s%s"
        .formatted(shown(message), server.profile().words(), words().offered());
  }

  private static String shown(String message) {
    String line = message.lines().findFirst().orElse("").strip();
    return line.length() > MESSAGE_SHOWN_MAX ? line.substring(0, MESSAGE_SHOWN_MAX) + "…" : line;
  }

  /**
   * Explains that the board ended the connection before the handshake was done, without an alert.
   *
   * @param begun whether a byte had come
   */
  public String explainClose(boolean begun) {
    if (!begun) {
      return "the board connected to the TLS port and closed without a ClientHello: either its TLS"
          + " could not start (mbed TLS error -0x2180: pass strlen + 1 for PEM, so that its NUL is"
          + " counted; check the line ends of PEM in a C array; wolfSSL error -150: set the clock,"
          + " it loads no root whose time has not come), or something only looked whether the port"
          + " is open";
    }
    if (hello == null) {
      return "the board closed the connection in the middle of its ClientHello: look at the board's"
          + " own error, for lack of memory or a reset";
    }
    return "the board closed the connection after it was sent this server's certificate, without an"
        + " alert: either it refused the certificate (load it as the board's root, and connect to a"
        + " name that it holds), or it ran out of memory (use EC P-256 and a chain of one, and free"
        + " memory on the board)"
        + (server.settings().clients().areAsked()
            ? ", or it has no certificate of its own, for which this server asked"
            : "")
        + evidence(true)
        + size()
        + clock();
  }

  /**
   * Explains that the handshake was not done in time.
   *
   * @param millis how long the server waited, from 1 on
   * @param begun whether a byte had come
   */
  public String explainTimeout(long millis, boolean begun) {
    String time = TlsDiagnosisWords.duration(millis);
    if (!begun) {
      return ("the board connected to the TLS port and sent nothing for %s: either its TLS could not"
              + " start (mbed TLS error -0x2180: pass strlen + 1 for PEM, so that its NUL is"
              + " counted), or it was never told to use TLS on this socket")
          .formatted(time);
    }
    if (hello == null) {
      return ("only a part of the ClientHello came within %s: look for lost packets on the way from"
              + " the board, or a board that was reset")
          .formatted(time);
    }
    return ("the board did not finish the handshake within %s: a board without crypto hardware may"
            + " take 15 s and more, so allow more with --handshake-timeout, or give it less to"
            + " compute%s")
        .formatted(time, words().lessToCompute());
  }

  /**
   * Explains first bytes that begin neither TLS nor text.
   *
   * @param received what came, 1 byte or more
   */
  public static String explainGarbage(byte[] received) {
    return TlsDiagnosisWords.garbage(received);
  }

  /** The random of a ClientHello begins with the time on stacks that keep to RFC 5246. */
  private String clock() {
    LocalDate date = hello == null ? null : hello.unsetClock();
    return date == null
        ? ""
        : ". Its ClientHello is dated %s, so its clock is probably not set: that is the likeliest cause"
            .formatted(date);
  }
}
