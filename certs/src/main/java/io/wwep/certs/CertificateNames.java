package io.wwep.certs;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The names and addresses that a server's certificate holds for: its subject alternative names of
 * these two kinds (RFC 5280, section 4.2.1.6). The common name does not count (RFC 9525, section
 * 2).
 */
public final class CertificateNames {

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final String WILDCARD = "*.";

  private CertificateNames() {}

  /** Returns them in their order, addresses in their short form; those that are damaged are not. */
  public static List<String> of(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> each : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (each.get(0).equals(DNS_NAME) || each.get(0).equals(IP_ADDRESS)) {
          names.add(normal(String.valueOf(each.get(1))));
        }
      }
    } catch (CertificateParsingException e) {
      // Names that cannot be read match nothing.
    }
    return names;
  }

  /**
   * Whether a client that connects to a name or an address accepts the certificate for it. A star
   * stands for the first label of a name, and for no other (RFC 9525, section 6.3).
   */
  public static boolean cover(X509Certificate certificate, String nameOrAddress) {
    String wanted = normal(nameOrAddress);
    int dot = wanted.indexOf('.');
    String parent = dot < 0 ? "" : wanted.substring(dot + 1);
    return of(certificate).stream()
        .anyMatch(
            each ->
                each.equals(wanted)
                    || (each.startsWith(WILDCARD)
                        && !parent.isEmpty()
                        && each.substring(WILDCARD.length()).equals(parent)));
  }

  private static String normal(String text) {
    try {
      return ServerName.of(text).text();
    } catch (IllegalArgumentException none) {
      return text.toLowerCase(Locale.ROOT);
    }
  }
}
