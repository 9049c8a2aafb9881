package io.wwep.certs;

import io.wwep.certs.CertificateMaker.Content;
import io.wwep.certs.ServerIdentity.Sourced;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/**
 * Where identities come from, and how they get into files. All methods may be called by any thread.
 */
public final class Identities {

  private Identities() {}

  /**
   * Reads an identity from two PEM files, which may be one and the same.
   *
   * <p>The key may be PKCS#8, PKCS#1 ({@code RSA PRIVATE KEY}) or SEC 1 ({@code EC PRIVATE KEY});
   * it must be RSA, 1024 to 8192 bits, or EC on P-256 or P-384. An expired certificate is read like
   * any other.
   *
   * @param certificateFile the certificate, then the ones that signed it, 10 at most; 1 MiB at most
   * @param keyFile the private key, without a password; 1 MiB at most
   * @throws IdentityException when they do not make an identity
   */
  public static Identity read(Path certificateFile, Path keyFile) {
    return PemIdentity.read(certificateFile, keyFile);
  }

  /**
   * Reads what a server proves itself with from two PEM files; see {@link #read}.
   *
   * @param clock tells {@link ServerIdentity#problems} the time
   * @throws IdentityException when they do not make an identity
   */
  public static ServerIdentity readServerIdentity(Path certificateFile, Path keyFile, Clock clock) {
    return ServerIdentity.of(
        new Sourced(read(certificateFile, keyFile), certificateFile, keyFile), clock);
  }

  /**
   * Loads the two identities that a server keeps in a directory; makes the ones that are not there,
   * and the directory.
   *
   * <p>They are self-signed, valid for ten years and at most until 2049, and name this computer
   * with all of its addresses. Making both takes about a second. Keys can be read by the user
   * alone. Several processes may do this at the same time: all get the same identities.
   *
   * @throws IdentityException when a file is damaged, half of a pair is missing, or the directory
   *     cannot be written to
   */
  public static ServerIdentity loadOrCreate(Path directory, Clock clock) {
    return new IdentityStore(directory, clock).loadOrCreate();
  }

  /**
   * Loads the two identities that {@link #loadOrCreate} keeps in a directory, if all of their files
   * are there; changes nothing.
   *
   * @throws IdentityException when a file is damaged
   */
  public static Optional<ServerIdentity> loadIfComplete(Path directory, Clock clock) {
    return new IdentityStore(directory, clock).loadIfComplete();
  }

  /**
   * Loads the two identities that {@link #loadOrCreate} keeps in a directory; changes nothing.
   *
   * @throws IdentityException when a file is damaged or not there
   */
  public static ServerIdentity load(Path directory, Clock clock) {
    return new IdentityStore(directory, clock).load();
  }

  /**
   * Makes a key and a certificate that it signs itself, for a TLS server. A client that loads the
   * certificate as its root accepts the server.
   *
   * @param commonName 1 to 64 characters; the kind of key becomes part of the subject too
   * @param subjectAltNames at least one host name, IPv4 or IPv6 address; an IPv4 address is named
   *     as a host too, for boards that compare with nothing else
   * @throws IllegalArgumentException when an argument is out of its range
   */
  public static Identity selfSigned(
      KeyAlgorithm algorithm, String commonName, List<String> subjectAltNames, Validity validity) {
    return CertificateMaker.selfSigned(
        new Content(
            Role.OWN_ROOT_SERVER,
            algorithm,
            algorithm.words(),
            commonName,
            subjectAltNames,
            validity));
  }

  /**
   * Makes a key and a certificate that it signs itself, for a TLS server, whose common name is the
   * first of its names.
   *
   * @param names at least one, see the other method
   */
  public static Identity selfSigned(
      KeyAlgorithm algorithm, List<ServerName> names, Validity validity) {
    List<String> texts = names.stream().map(ServerName::text).toList();
    return selfSigned(algorithm, CertificateMaker.commonName(texts), texts, validity);
  }

  /** Returns a key as PEM in PKCS#8, an EC key with its public one, with LF line ends. */
  public static String toPem(PrivateKey key) {
    try {
      PrivateKeyInfo whole = PublicHalf.completed(PrivateKeyInfo.getInstance(key.getEncoded()));
      return Pem.write("PRIVATE KEY", whole.getEncoded());
    } catch (IOException e) {
      throw new IllegalArgumentException("key has no DER form", e);
    }
  }

  /** Returns certificates as PEM in the order given, with LF line ends. */
  public static String toPem(List<X509Certificate> chain) {
    StringBuilder pem = new StringBuilder();
    for (X509Certificate each : chain) {
      try {
        pem.append(Pem.write("CERTIFICATE", each.getEncoded()));
      } catch (CertificateEncodingException e) {
        throw new IllegalArgumentException("certificate has no DER form", e);
      }
    }
    return pem.toString();
  }

  /**
   * Writes an identity to two files in directories that exist, replacing what is there. The key can
   * be read by the user alone from its first moment; each file is whole at all times.
   *
   * @throws IdentityException when a file cannot be written
   */
  public static void writePem(Identity identity, Path certificateFile, Path keyFile) {
    new PairFiles(certificateFile, keyFile).put(identity);
  }
}
