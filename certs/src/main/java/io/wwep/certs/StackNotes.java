package io.wwep.certs;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Holds a server's certificates against the limits of one stack. */
final class StackNotes {

  /** RFC 5246, sections 7.4 and 7.4.2: type and length of the message, length of the list. */
  private static final int MESSAGE_HEAD_BYTES = 4 + 3;

  private static final int CERTIFICATE_HEAD_BYTES = 3;

  private final Limits limits;
  private final List<X509Certificate> chain;
  private final List<String> notes = new ArrayList<>();

  StackNotes(Limits limits, List<X509Certificate> chain) {
    this.limits = limits;
    this.chain = chain;
  }

  /**
   * One line of the table.
   *
   * @param not the stack's name, and the beginning of what goes on with "take"
   * @param rsaBitsMax the longest RSA key, where there is one
   * @param curves of keys that it takes, as {@link Curves} names them; none where it takes no EC
   * @param chainMax the most certificates that a server may show
   * @param messageBytesMax the largest message of a handshake
   * @param generalizedTime whether it reads dates of this form
   * @param encrypts whether it encrypts with the server's RSA key, as TLS_RSA suites do
   */
  record Limits(
      String not,
      Optional<Integer> rsaBitsMax,
      List<String> curves,
      int chainMax,
      int messageBytesMax,
      boolean generalizedTime,
      boolean encrypts) {}

  List<String> all() {
    chain.forEach(this::key);
    chain.forEach(this::dates);
    usage();
    size();
    return notes;
  }

  private void key(X509Certificate certificate) {
    CertificateWords words = CertificateWords.of(certificate);
    if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
      limits
          .rsaBitsMax
          .filter(max -> rsa.getModulus().bitLength() > max)
          .ifPresent(
              max ->
                  note(
                      "RSA keys of more than %d bits, and %s has %s: use RSA 2048"
                          .formatted(max, words.shortName(), words.key())));
    } else if (limits.curves.isEmpty()) {
      note(
          "keys other than RSA, and %s has %s: make an RSA key, as 'wwep cert' does without --ec"
              .formatted(words.shortName(), words.key()));
    } else if (!limits.curves.contains(Curves.name(certificate.getPublicKey()))) {
      note(
          "keys of this kind, and %s has %s: use RSA 2048 or EC P-256"
              .formatted(words.shortName(), words.key()));
    }
  }

  private void dates(X509Certificate certificate) {
    CertificateWords words = CertificateWords.of(certificate);
    if (!limits.generalizedTime && words.hasGeneralizedTime()) {
      note(
          "dates that are GeneralizedTime, and those of %s are: let it begin after 1949 and end before 2050, and have it made with UTCTime"
              .formatted(words.shortName()));
    }
  }

  private void usage() {
    X509Certificate leaf = chain.get(0);
    if (limits.encrypts
        && isServers(leaf)
        && leaf.getPublicKey() instanceof RSAPublicKey
        && !Purposes.allow(leaf, Purposes.KEY_ENCIPHERMENT)) {
      note(
          "other ways to agree on a key than TLS_RSA, which the key usage of %s forbids: make it anew with keyEncipherment too, as 'wwep cert server' does"
              .formatted(CertificateWords.of(leaf).shortName()));
    }
  }

  /** A CA's or a board's own is not what a board encrypts with. */
  private static boolean isServers(X509Certificate certificate) {
    return !HeldNames.of(certificate).all().isEmpty()
        && (certificate.getBasicConstraints() < 0 || HeldNames.of(certificate).hasAlternatives())
        && Purposes.include(certificate, KeyPurposeId.id_kp_serverAuth);
  }

  private void size() {
    if (chain.size() > limits.chainMax) {
      note(
          "more than %d certificates of a server, and these are %d: leave out the root, or use a CA nearer to it"
              .formatted(limits.chainMax, chain.size()));
    }
    int bytes = messageBytes();
    if (bytes > limits.messageBytesMax) {
      note(
          "messages of more than %,d bytes, and the one with these certificates has %,d: use smaller keys, or fewer names and certificates"
              .formatted(limits.messageBytesMax, bytes));
    }
  }

  private int messageBytes() {
    return MESSAGE_HEAD_BYTES
        + chain.stream().mapToInt(each -> CERTIFICATE_HEAD_BYTES + der(each).length).sum();
  }

  private void note(String what) {
    notes.add("%s take %s".formatted(limits.not, what));
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("certificate has no DER form", e);
    }
  }
}
