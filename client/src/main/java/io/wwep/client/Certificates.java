package io.wwep.client;

import java.security.Principal;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/** What certificates say, for people: bounded, since a stranger may have written it. */
final class Certificates {

  private static final int NAME_CHARS_MAX = 100;
  private static final int NAMES_MAX = 8;
  private static final int ISSUERS_MAX = 3;

  private Certificates() {}

  /** Returns whom it is about: {@code CN=0FAC,OU=device,O=WWEP}. */
  static String subject(X509Certificate certificate) {
    return name(certificate.getSubjectX500Principal());
  }

  /** Returns who signed it. */
  static String issuer(X509Certificate certificate) {
    return name(certificate.getIssuerX500Principal());
  }

  /** Returns the names of CAs, the first few of them. */
  static String names(List<? extends Principal> issuers) {
    String first =
        issuers.stream()
            .limit(ISSUERS_MAX)
            .map(Certificates::name)
            .collect(Collectors.joining(" or "));
    int others = issuers.size() - ISSUERS_MAX;
    return others > 0 ? "%s or %,d others".formatted(first, others) : first;
  }

  private static String name(Principal principal) {
    // Principal.getName() of other classes has spaces in it, and no standard behind.
    String name = principal instanceof X500Principal x500 ? x500.getName() : principal.getName();
    if (name.isEmpty()) {
      return "(without a name)";
    }
    return name.length() > NAME_CHARS_MAX ? name.substring(0, NAME_CHARS_MAX) + "…" : name;
  }

  /**
   * Returns the names and addresses that a certificate is made for, at most eight of them; each
   * once, as an address may be among them as a name too.
   */
  static String hosts(X509Certificate leaf) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
      if (alternatives != null) {
        alternatives.stream()
            .map(name -> String.valueOf(name.get(1)))
            .distinct()
            .limit(NAMES_MAX)
            .forEach(names::add);
      }
    } catch (CertificateParsingException e) {
      names.add("names that cannot be read");
    }
    return names.isEmpty() ? subject(leaf) : String.join(", ", names);
  }

  /** Returns the day of a moment, in UTC. */
  static String day(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** Returns the day of a moment, in UTC. */
  static String day(Date moment) {
    return day(moment.toInstant());
  }
}
