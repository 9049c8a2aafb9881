package io.wwep.certs;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names and addresses that a server's certificate holds for: its subject alternative names of
 * these two kinds (RFC 5280, section 4.2.1.6). The common name does not count (RFC 9525, section
 * 2).
 */
public final class CertificateNames {

  private CertificateNames() {}

  /** Returns them, each once, addresses in their short form; those that are damaged are not. */
  public static List<String> of(X509Certificate certificate) {
    HeldNames names = HeldNames.of(certificate);
    return Stream.concat(names.dnsNames().stream(), names.addresses().stream()).distinct().toList();
  }

  /**
   * Whether a client that connects to a name or an address, and looks where the standards say,
   * accepts the certificate for it.
   */
  public static boolean cover(X509Certificate certificate, String nameOrAddress) {
    try {
      return !of(certificate).isEmpty()
          && new NameCheck(certificate, ServerName.of(nameOrAddress)).byStandards().accepted();
    } catch (IllegalArgumentException noName) {
      return false;
    }
  }
}
