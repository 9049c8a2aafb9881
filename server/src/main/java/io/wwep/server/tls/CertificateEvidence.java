package io.wwep.server.tls;

import io.netty.util.NetUtil;
import io.wwep.certs.CertificateNames;
import io.wwep.certs.CertificateProblems;
import io.wwep.certs.CertificateWords;
import io.wwep.certs.ListWords;
import io.wwep.certs.Validity;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What this server knows of its own certificate that tells why a board refused it: an alert alone
 * tells little, since stacks differ in the one that they send.
 */
final class CertificateEvidence {

  private static final int NAMES_SHOWN_MAX = 4;

  /** What a board with little memory sets aside for a record; mbed TLS has 16 KiB by default. */
  private static final int SMALL_BUFFER_BYTES = 4 * 1024;

  private final ClientHello hello;
  private final ServerSide server;
  private final X509Certificate certificate;

  /**
   * @param hello what the board offered
   */
  CertificateEvidence(ClientHello hello, ServerSide server) {
    this.hello = hello;
    this.server = server;
    certificate = server.shown().certificate();
  }

  /**
   * Returns what is known, as clauses that go on behind a sentence; empty where nothing is.
   *
   * @param nameMatters whether the name may be what the board refused
   */
  String words(Instant now, boolean nameMatters) {
    List<String> clauses = new ArrayList<>();
    which(clauses);
    dates(now, clauses);
    if (nameMatters) {
      name(clauses);
    }
    weakness(clauses);
    return String.join("", clauses);
  }

  private void which(List<String> clauses) {
    if (server.hasOther()) {
      clauses.add(
          "; of this server's two certificates it was shown the %s"
              .formatted(server.shown().isEc() ? "EC one (ec.pem)" : "RSA one (rsa.pem)"));
    }
  }

  private void dates(Instant now, List<String> clauses) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isAfter(until)) {
      clauses.add(
          ". The certificate expired on %s, which is the cause: renew it"
              .formatted(Validity.day(until)));
    } else if (now.isBefore(from)) {
      clauses.add(
          ". The certificate holds from %s on, which is the cause: wait, or make it anew with the clock set"
              .formatted(Validity.day(from)));
    }
  }

  private void name(List<String> clauses) {
    String asked = hello.serverName();
    if (asked != null) {
      clauses.add(
          CertificateNames.cover(certificate, asked)
              ? ". The name that it asked for, %s, is in the certificate, so that is not it"
                  .formatted(asked)
              : ". It asked for %s, and the certificate names %s: that is the likeliest cause"
                  .formatted(asked, names()));
      return;
    }
    String reached = server.reached() == null ? "" : NetUtil.toAddressString(server.reached());
    if (!reached.isEmpty() && !CertificateNames.cover(certificate, reached)) {
      clauses.add(
          ". It asked for no name and came to %s, and the certificate names %s: if the board checks names, that is the likeliest cause"
              .formatted(reached, names()));
    }
  }

  private String names() {
    List<String> names = CertificateNames.of(certificate);
    return names.isEmpty()
        ? "nothing (it has no subject alternative name)"
        : ListWords.first(NAMES_SHOWN_MAX, names);
  }

  private void weakness(List<String> clauses) {
    CertificateProblems.ofServer("The certificate", CertificateWords.of(certificate))
        .signature()
        .ifPresent(each -> clauses.add(". " + each));
  }

  /** Returns how large the chain is where that may be too much; empty where it is not. */
  String size() {
    int bytes = 0;
    try {
      for (X509Certificate each : server.shown().chain()) {
        bytes += each.getEncoded().length;
      }
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that is served has a DER form", e);
    }
    int count = server.shown().chain().size();
    if (count < 2 && bytes < SMALL_BUFFER_BYTES) {
      return "";
    }
    return ". This server's chain is %d certificate%s of %,d bytes in all"
        .formatted(count, count == 1 ? "" : "s", bytes);
  }
}
