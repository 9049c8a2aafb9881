package io.wwep.client;

import io.wwep.protocol.Reply;
import io.wwep.protocol.ReplyParser;
import io.wwep.protocol.WireText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * One connection whose steps somebody makes one by one, on a network stack of their own: the name's
 * addresses, an engine for TLS, the times that each step has, and for each that fails the sentence
 * that {@link WwepClient} has for it. It opens no socket. Used once, by any thread.
 */
public final class StepwiseConnection {

  private final Settings settings;
  private final Endpoint endpoint;
  private final ConnectFailures failures;
  private final WitnessTrustManager witness;
  private final TlsSockets tls;
  private final SSLEngine engine;

  StepwiseConnection(Settings settings) {
    this.settings = settings;
    endpoint = settings.endpoint();
    failures = new ConnectFailures(settings);
    witness = settings.tls() == null ? null : new WitnessTrustManager(settings.tls().judge());
    tls = settings.tls() == null ? null : settings.tls().apart(witness);
    engine = tls == null ? null : tls.engine(endpoint);
  }

  /** Returns the server as messages name it: {@code host:port}. */
  public String endpoint() {
    return endpoint.toString();
  }

  /** Returns the server's host, a name or an address. */
  public String host() {
    return endpoint.host();
  }

  /** Returns the server's port, 1 to 65,535. */
  public int port() {
    return endpoint.port();
  }

  /** Returns whom this side trusts, in words; empty over plain TCP. */
  public String trusts() {
    return tls == null ? "" : tls.trusts();
  }

  /** Returns how long the name and the connection may take, all addresses together. */
  public Duration connectTimeout() {
    return settings.connectTimeout();
  }

  /** Returns how long the TLS handshake may take. */
  public Duration handshakeTimeout() {
    return settings.handshakeTimeout();
  }

  /** Returns how long a reply may take after its request was sent. */
  public Duration replyTimeout() {
    return settings.replyTimeout();
  }

  /**
   * Looks the host up, within the connect timeout.
   *
   * @return at least one address, in the order in which they are to be tried
   * @throws WwepException.Unreachable when there is none
   * @throws InterruptedException when the thread was interrupted meanwhile
   */
  public List<InetAddress> resolve() throws InterruptedException {
    try {
      return List.of(new Resolver(endpoint).resolve(settings.connectTimeout().toNanos()));
    } catch (UnknownHostException e) {
      throw failures.unknownHost(e);
    } catch (TimeoutException e) {
      throw failures.nameTimedOut(e);
    }
  }

  /**
   * Returns what it means that no connection came about.
   *
   * @param failure of the last address; a {@link java.net.SocketTimeoutException} when its time was
   *     up, a {@link java.net.ConnectException} when it was refused
   */
  public WwepException unreachable(IOException failure) {
    return failures.unreachable(failure);
  }

  /** Returns the engine for TLS, the same at each call; empty for plain TCP. */
  public Optional<SSLEngine> engine() {
    return Optional.ofNullable(engine);
  }

  /** Returns the certificates that the server showed, its own first, whether trusted or not. */
  public List<CertificateSummary> shown() {
    return witness == null ? List.of() : summaries(witness.shown());
  }

  /** Returns the certificates that this side showed in a handshake that has ended. */
  public List<CertificateSummary> shownByClient() {
    Certificate[] local = engine == null ? null : engine.getSession().getLocalCertificates();
    return local == null ? List.of() : summaries(List.of(local));
  }

  private static List<CertificateSummary> summaries(List<? extends Certificate> chain) {
    return chain.stream().map(each -> CertificateSummary.of((X509Certificate) each)).toList();
  }

  /** Returns what it means that the handshake took longer than its time. */
  public WwepException handshakeTimedOut() {
    return new HandshakeFailures(endpoint).timedOut(settings.handshakeTimeout());
  }

  /**
   * Returns what it means that the handshake failed.
   *
   * @param failure an {@link javax.net.ssl.SSLException} as the engine threw it, or any other
   *     exception when the connection ended
   * @param first what the server sent first, as far as it is known; may be empty
   */
  public WwepException handshakeFailed(IOException failure, byte[] first) {
    return new HandshakeFailures(endpoint).because(failure, refusal(), first);
  }

  /**
   * Returns the server's refusal of the client's certificate, or of a client without one, that
   * ended the connection before a byte of a reply came: in TLS 1.3 it comes behind the handshake.
   *
   * @param failure how the connection ended
   */
  public Optional<WwepException> refused(IOException failure) {
    return isJudgedLater() ? Optional.ofNullable(refusal().ofCertificate(failure)) : none();
  }

  /**
   * Returns what it means that the thread was interrupted on the way; its flag is set again.
   *
   * @param message what was to be sent
   * @param sent whether it may have been
   */
  public WwepException interrupted(byte[] message, boolean sent) {
    Thread.currentThread().interrupt();
    Failures words = new Failures(settings);
    String shown = WireText.show(message);
    return sent
        ? words.interrupted(shown, message.length > 0 && message[0] == 'W')
        : words.interruptedUnsent(shown);
  }

  /**
   * Returns what an exchange made on this connection is.
   *
   * @param local this side's address and port
   * @param peer the server's
   * @param problem what the network said when it ended as {@link RawExchange.Ending#BROKEN}, else
   *     null
   * @param connecting how long the name, the connection and TLS took together
   * @param elapsed how long it took from the first byte sent to the end
   */
  public RawExchange exchange(
      InetSocketAddress local,
      InetSocketAddress peer,
      byte[] sent,
      byte[] received,
      RawExchange.Ending ending,
      String problem,
      Duration connecting,
      Duration elapsed) {
    boolean endedByServer =
        ending == RawExchange.Ending.CLOSED || ending == RawExchange.Ending.BROKEN;
    String suspicion =
        endedByServer && received.length == 0 && isJudgedLater() ? refusal().suspicion() : null;
    List<Reply> replies = new ArrayList<>();
    new ReplyParser(replies::add).parse(received, 0, received.length);
    return new RawExchange(
        local,
        peer,
        sent.clone(),
        received.clone(),
        replies,
        ending,
        problem,
        suspicion,
        connecting,
        elapsed,
        details().orElse(null));
  }

  /** Returns what the handshake agreed on; empty over plain TCP, and as long as it has not. */
  public Optional<TlsDetails> details() {
    SSLSession session = engine == null ? null : engine.getSession();
    // One that an alert has ended meanwhile still says what it was.
    if (session == null || session.getProtocol().equals("NONE")) {
      return Optional.empty();
    }
    try {
      return Optional.of(tls.details(session, engine));
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty(); // The handshake is still under way.
    }
  }

  /**
   * In TLS 1.3 the server looks at the client's certificate when the client's handshake is over.
   */
  private boolean isJudgedLater() {
    return engine != null && !engine.getSession().getProtocol().equals("TLSv1.2");
  }

  private TlsRefusal refusal() {
    return tls.refusal(engine, endpoint);
  }

  private static Optional<WwepException> none() {
    return Optional.empty();
  }
}
