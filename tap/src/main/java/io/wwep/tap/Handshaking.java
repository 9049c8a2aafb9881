package io.wwep.tap;

import io.wwep.protocol.WireText;
import io.wwep.protocol.tls.TlsAlert;
import io.wwep.protocol.tls.TlsRecord;
import io.wwep.tap.decode.AlertWords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Does TLS towards one board, and says what it tells when that fails. Used once. */
final class Handshaking {

  /** What the JDK says of an alert that came. */
  private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: ([a-z_]+)");

  private final Socket tcp;
  private final ScheduledExecutorService timer;
  private final String refusal;
  private final AtomicBoolean late = new AtomicBoolean();
  private final ByteArrayOutputStream early = new ByteArrayOutputStream();

  /**
   * @param refusal what it means that the board refuses the certificate; null for what the alert
   *     says
   */
  Handshaking(Socket tcp, ScheduledExecutorService timer, String refusal) {
    this.tcp = tcp;
    this.timer = timer;
    this.refusal = refusal;
  }

  /** A board with which there is no TLS. */
  static final class Failed extends Exception {

    private static final long serialVersionUID = 1L;

    private final String alert;

    private Failed(String alert, String sentence, Throwable cause) {
      super(sentence, cause);
      this.alert = alert;
    }

    /** Returns the alert that the board sent, as in {@code unknown_ca}, or null. */
    String alert() {
      return alert;
    }
  }

  /**
   * Leaves the board without an answer, and keeps what it sends meanwhile.
   *
   * @param over whether nobody waits any more
   * @throws Failed when the board ends meanwhile
   */
  void delay(Duration time, BooleanSupplier over) throws Failed {
    long end = System.nanoTime() + time.toNanos();
    try {
      tcp.setSoTimeout(TapLimits.POLL_MILLIS);
      while (end - System.nanoTime() > 0 && !over.getAsBoolean()) {
        if (!poll()) {
          throw new EOFException();
        }
      }
      tcp.setSoTimeout(0);
    } catch (IOException gone) {
      throw new Failed(
          null,
          "the board closed the connection while its ClientHello was left unanswered: it does not wait that long for a handshake, and what it does then is in its own log",
          gone);
    }
  }

  /** Waits for a moment; returns false when the board has ended. */
  private boolean poll() throws IOException {
    try {
      int room = TapLimits.SEGMENT_BYTES_MAX - early.size();
      if (room == 0) {
        // More than a ClientHello: then it is a guess whether the board is still there.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TapLimits.POLL_MILLIS));
        return true;
      }
      byte[] bytes = new byte[room];
      int length = tcp.getInputStream().read(bytes);
      if (length > 0) {
        early.write(bytes, 0, length);
      }
      return length >= 0;
    } catch (SocketTimeoutException quiet) {
      return true;
    }
  }

  SSLSocket run(SSLContext context) throws Failed {
    // A read timeout would start anew with every byte of a slow board; this one does not.
    Future<?> guard =
        timer.schedule(
            () -> {
              late.set(true);
              Wire.close(tcp);
            },
            TapLimits.HANDSHAKE_TIMEOUT.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      byte[] first = first();
      SSLSocket tls =
          (SSLSocket)
              context.getSocketFactory().createSocket(tcp, new ByteArrayInputStream(first), true);
      tls.startHandshake();
      return tls;
    } catch (IOException e) {
      throw failure(e);
    } finally {
      guard.cancel(false);
    }
  }

  private byte[] first() throws IOException, Failed {
    byte[] bytes = early.toByteArray();
    int length = bytes.length;
    if (length == 0) {
      bytes = new byte[TapLimits.SEGMENT_BYTES_MAX];
      length = tcp.getInputStream().read(bytes);
    }
    if (length < 0) {
      throw new Failed(
          null,
          "the board connected and closed without a ClientHello: its TLS could not start, as with a root certificate that it cannot parse",
          null);
    }
    if (bytes[0] != TlsRecord.HANDSHAKE) {
      throw new Failed(
          null,
          "the board sent no TLS but %s: with --tls the tap takes TLS alone, so enable TLS on the board's socket, or start the tap without --tls for the plain port"
              .formatted(WireText.show(Arrays.copyOf(bytes, length))),
          null);
    }
    return Arrays.copyOf(bytes, length);
  }

  private Failed failure(IOException e) {
    if (late.get()) {
      return new Failed(
          null,
          "the handshake did not end within %d s, and the tap gave it up: look where the board waits"
              .formatted(TapLimits.HANDSHAKE_TIMEOUT.toSeconds()),
          e);
    }
    String inClear = tcp instanceof BoardSocket board ? board.lastAlert() : null;
    String alert = inClear != null ? inClear : alert(e);
    if (alert != null) {
      return new Failed(alert, "alert %s: %s".formatted(number(alert), meaning(alert)), e);
    }
    boolean ended =
        e instanceof SocketException
            || e instanceof EOFException
            || e.getCause() instanceof EOFException
            || e.getCause() instanceof SocketException;
    return ended
        ? new Failed(
            null,
            "the board closed the connection without an alert once it had the tap's certificate: most likely it verifies and refused it, or it ran out of memory; its own log says which",
            e)
        : new Failed(
            null,
            "TLS with the board failed on the tap's side (%s): the tap takes TLS 1.2 and 1.3 with the suites of this Java"
                .formatted(e.getMessage()),
            e);
  }

  private static String number(String alert) {
    return TlsAlert.named(alert).map(named -> String.valueOf(named.number())).orElse(alert);
  }

  private String meaning(String alert) {
    return refusal != null && AlertWords.isOfCertificate(alert)
        ? refusal
        : AlertWords.meaning(alert);
  }

  /** Returns the alert that ended a connection, or null. */
  static String alert(IOException e) {
    if (!(e instanceof SSLException)) {
      return null;
    }
    Matcher received = RECEIVED.matcher(String.valueOf(e.getMessage()));
    return received.find() ? received.group(1) : null;
  }
}
