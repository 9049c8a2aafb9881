package io.wwep.client;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which servers TLS believes. Immutable, usable by any number of clients and threads.
 *
 * <p>TLS 1.2 and 1.3 are offered. {@link #system()} and {@link #caFile(Path)} also check that the
 * certificate is made for the host that was asked for, by name or by IP address.
 */
public final class Trust {

  /** What a certificate is held against. */
  public enum Kind {
    /** CAs, or a self-signed certificate: who has signed it, whom it is for, and its dates. */
    AUTHORITIES,
    /** A fingerprint. */
    PIN,
    /** Nothing. */
    ANY
  }

  private final Kind kind;
  private final String description;
  private final X509ExtendedTrustManager judge;
  private final TlsSockets sockets;

  private Trust(Kind kind, String description, X509ExtendedTrustManager judge) {
    this.kind = kind;
    this.description = description;
    this.judge = judge;
    sockets = new TlsSockets(this, null, null);
  }

  /** Trusts the certificate authorities that this Java runtime trusts. */
  public static Trust system() {
    return new Trust(
        Kind.AUTHORITIES, "the system's CAs", new ExplainingTrustManager(authorities(null)));
  }

  /**
   * Trusts the certificates in a PEM file: CAs, or a server's self-signed certificate. There may be
   * several, one after the other. The file is read once, now.
   *
   * @param file at most 1 MiB
   * @throws IllegalArgumentException when the file cannot be read or holds no certificate
   */
  public static Trust caFile(Path file) {
    X509ExtendedTrustManager judge =
        authorities(keyStore(new PemFile(file, PemFile.Kind.CA).certificates()));
    return new Trust(Kind.AUTHORITIES, "the CAs in " + file, new ExplainingTrustManager(judge));
  }

  /**
   * Trusts the one server whose own certificate has this fingerprint, whatever its name and dates.
   *
   * @param sha256 the SHA-256 of the certificate's DER: 64 hex digits in either case, with or
   *     without colons, as {@code openssl x509 -fingerprint -sha256} prints it
   * @throws IllegalArgumentException when the text is no SHA-256 fingerprint
   */
  public static Trust pin(String sha256) {
    String fingerprint = Fingerprints.normalize(sha256);
    return new Trust(Kind.PIN, "the pin " + fingerprint, new PinTrustManager(fingerprint));
  }

  /**
   * Trusts every server: encrypts against listeners, and does nothing against an impostor. For
   * trying things out only.
   */
  public static Trust insecure() {
    return new Trust(Kind.ANY, "any server (insecure)", new PinTrustManager(null));
  }

  /** Returns what a server's certificate is held against. */
  public Kind kind() {
    return kind;
  }

  /** Returns the judge, for TLS stacks other than the JDK's sockets. Any number of threads. */
  public X509ExtendedTrustManager manager() {
    return judge;
  }

  /** Whether the certificate has to be made for the host that was asked for. */
  public boolean checksHost() {
    return kind == Kind.AUTHORITIES;
  }

  /** Returns what puts TLS around sockets, without an identity of the client. */
  TlsSockets sockets() {
    return sockets;
  }

  @Override
  public String toString() {
    return description;
  }

  private static X509ExtendedTrustManager authorities(KeyStore store) {
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      for (TrustManager manager : managers.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager judge) {
          return judge;
        }
      }
      throw new IllegalStateException("this Java runtime cannot verify X.509 certificates");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the trusted CAs cannot be used: " + e.getMessage(), e);
    }
  }

  private static KeyStore keyStore(Collection<X509Certificate> certificates) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the trusted CAs cannot be used: " + e.getMessage(), e);
    }
  }
}
