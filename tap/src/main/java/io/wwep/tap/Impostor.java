package io.wwep.tap;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.CertificateNames;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.ServerName;
import io.wwep.certs.Validity;
import io.wwep.client.ServerLink;
import io.wwep.tap.change.FaultKind;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * Makes the certificates that boards are shown: for the names that the real server's has, and so
 * like it for all who verify nothing. Keys stay in memory. Methods may be called by any thread, and
 * take turns: making a key takes a moment.
 */
final class Impostor {

  private static final String WRONG_NAME = "another-server.invalid";
  private static final Duration EARLIER = Duration.ofDays(30);
  private static final Duration OVER_SINCE = Duration.ofHours(1);
  private static final Duration LATER = Duration.ofDays(1);

  private final TapConfig config;
  private final Clock clock = Clock.systemUTC();
  private final Map<Set<FaultKind>, SSLContext> contexts = new HashMap<>();
  private final Map<KeyAlgorithm, CertificateAuthority> unknown = new EnumMap<>(KeyAlgorithm.class);
  private final Object looks = new Object();
  private CompletableFuture<List<ServerName>> look;
  private long failedNanos;
  private volatile List<ServerName> names;

  Impostor(TapConfig config) {
    this.config = config;
  }

  /**
   * Looks at the real server's certificate, unless that is known. Callers who come meanwhile wait
   * for the same look, without keeping anybody from certificates; one that failed is not repeated
   * within a second, which boards that try again and again would have it.
   *
   * @return for whom it is, when it was looked at now; null when it was known
   * @throws io.wwep.client.WwepException when it cannot be looked at, with cause and cure
   */
  String learn() {
    if (names != null) {
      return null;
    }
    CompletableFuture<List<ServerName>> shared;
    boolean own;
    synchronized (looks) {
      own = look == null || (look.isCompletedExceptionally() && isLongAgo());
      if (own) {
        look = new CompletableFuture<>();
      }
      shared = look;
    }
    if (own) {
      look(shared);
    }
    List<ServerName> found = outcome(shared);
    return own ? String.join(", ", found.stream().map(ServerName::text).toList()) : null;
  }

  private boolean isLongAgo() {
    return System.nanoTime() - failedNanos > TapLimits.LOOK_AGAIN_TIME.toNanos();
  }

  private void look(CompletableFuture<List<ServerName>> shared) {
    try (ServerLink link = open(config)) {
      names = names(link.certificates().get(0));
      shared.complete(names);
    } catch (RuntimeException | Error e) { // nobody may wait for what never comes
      synchronized (looks) {
        failedNanos = System.nanoTime();
        shared.completeExceptionally(e);
      }
    }
  }

  private static List<ServerName> outcome(CompletableFuture<List<ServerName>> look) {
    try {
      return look.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Opens a connection to the server as the configuration says. */
  static ServerLink open(TapConfig config) {
    TapTls tls = config.tls();
    return ServerLink.open(
        config.host(),
        config.port(),
        tls == null ? null : tls.trust(),
        tls == null ? null : tls.identity(),
        TapLimits.CONNECT_TIMEOUT,
        TapLimits.HANDSHAKE_TIMEOUT);
  }

  private List<ServerName> names(X509Certificate certificate) {
    List<ServerName> found = new ArrayList<>();
    List<String> texts = new ArrayList<>(CertificateNames.of(certificate));
    texts.add(config.host());
    for (String each : texts) {
      try {
        ServerName name = ServerName.of(each);
        if (!found.contains(name)) {
          found.add(name);
        }
      } catch (IllegalArgumentException notForUs) {
        // A name that no client could ask for.
      }
    }
    return found.isEmpty() ? List.of(ServerName.of("localhost")) : List.copyOf(found);
  }

  /**
   * Returns what to do TLS with towards boards.
   *
   * @param faults what is to be wrong with the certificate; may be none
   */
  synchronized SSLContext context(Set<FaultKind> faults) {
    return contexts.computeIfAbsent(Set.copyOf(faults), this::make);
  }

  /** Both kinds of key, since there are boards that know RSA alone. */
  private SSLContext make(Set<FaultKind> faults) {
    List<ServerName> shown =
        faults.contains(FaultKind.WRONG_NAME) ? List.of(ServerName.of(WRONG_NAME)) : names;
    LazyKeys keys =
        new LazyKeys(
            algorithm ->
                authority(algorithm, faults).issueServer(algorithm, shown, validity(faults)));
    keys.of(KeyAlgorithm.EC_P256);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS: " + e.getMessage(), e);
    }
  }

  private CertificateAuthority authority(KeyAlgorithm algorithm, Set<FaultKind> faults) {
    CertificateAuthority own = config.tls().authority();
    return own == null || faults.contains(FaultKind.UNKNOWN_CA) ? unknown(algorithm) : own;
  }

  /**
   * One with a key of the same kind, so that boards that cannot check the other kind refuse it for
   * the reason that is meant.
   */
  private synchronized CertificateAuthority unknown(KeyAlgorithm algorithm) {
    Instant now = clock.instant();
    Validity validity =
        new Validity(
            now.minus(EARLIER).minus(EARLIER),
            Validity.starting(clock, Period.ofYears(10)).until());
    return unknown.computeIfAbsent(
        algorithm,
        each -> CertificateAuthority.create(each, CertificateAuthority.newName(), validity));
  }

  /** An authority that was made today holds from yesterday on, and so does what it signs. */
  private Validity validity(Set<FaultKind> faults) {
    Instant now = clock.instant();
    if (faults.contains(FaultKind.EXPIRED)) {
      return new Validity(now.minus(EARLIER), now.minus(OVER_SINCE));
    }
    Validity usual = Validity.starting(clock, Period.ofDays(90));
    return faults.contains(FaultKind.NOT_YET_VALID)
        ? new Validity(now.plus(LATER), usual.until())
        : usual;
  }
}
