package io.wwep.certs;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether a certificate holds for the name or address that a board connects to (RFC 6125, section
 * 6.4; RFC 5280, section 4.2.1.6).
 *
 * <p>mbed TLS up to 2.28 differs: it compares an address with host names, and looks at the common
 * name only where there are no alternative names of any kind.
 */
final class NameCheck {

  private final HeldNames names;
  private final ServerName host;
  private final boolean address;

  NameCheck(X509Certificate certificate, ServerName host) {
    names = HeldNames.of(certificate);
    this.host = host;
    address = host.isAddress();
  }

  /** How a stack answers, and why. */
  record Answer(boolean accepted, String reason) {}

  /** Returns what the standards say. */
  Answer byStandards() {
    if (address) {
      return names.addresses().contains(host.text()) ? found("addresses") : noAddress();
    }
    if (isAmong(names.dnsNames())) {
      return found("names");
    }
    if (names.dnsNames().isEmpty() && isAmong(names.commonNames())) {
      return new Answer(
          true,
          "%s is its common name, which many look at no longer: better name it among the alternative names too"
              .formatted(host));
    }
    return notFound();
  }

  /** Returns what mbed TLS up to 2.28 says. */
  Answer byMbedTls() {
    List<String> looked = names.hasAlternatives() ? names.dnsNames() : names.commonNames();
    if (lowerCase(looked).anyMatch(each -> each.equals(host.text()) || isWildcard(each))) {
      return found(address ? "host names, as mbed TLS wants it" : "names");
    }
    return address && names.addresses().contains(host.text())
        ? new Answer(
            false,
            "%s is among its addresses, and mbed TLS up to 2.28 looks at host names alone: name the address as a DNS name too, as 'wwep cert server %s' does, or connect by name"
                .formatted(host, host))
        : notFound();
  }

  private Answer found(String kind) {
    return new Answer(true, "%s is one of its %s".formatted(host, kind));
  }

  private Answer noAddress() {
    String place =
        names.dnsNames().contains(host.text())
            ? "a DNS name"
            : names.commonNames().contains(host.text()) ? "the common name" : null;
    return place == null
        ? notFound()
        : new Answer(
            false,
            "%s is in it only as %s, and most stacks look for an address among the IP addresses: make the certificate anew with 'wwep cert server %s', which names it as both"
                .formatted(host, place, host));
  }

  private Answer notFound() {
    return new Answer(
        false,
        "%s is not among its names (%s): connect by one of these, or make it anew for %s with 'wwep cert server'"
            .formatted(host, shown(), host));
  }

  private String shown() {
    List<String> all = names.all();
    return all.isEmpty() ? "it has none" : ListWords.of(all);
  }

  private boolean isAmong(List<String> patterns) {
    return lowerCase(patterns).anyMatch(this::matches);
  }

  private static Stream<String> lowerCase(List<String> patterns) {
    return patterns.stream().map(each -> each.toLowerCase(Locale.ROOT));
  }

  /** An asterisk stands for one whole label, the first one, and not before a single other one. */
  private boolean matches(String pattern) {
    String text = host.text();
    if (!pattern.startsWith("*.") || address) {
      return pattern.equals(text);
    }
    return pattern.indexOf('.', 2) > 0 && isWildcard(pattern);
  }

  /** To mbed TLS an asterisk is the first label before whatever follows, in an address too. */
  private boolean isWildcard(String pattern) {
    int dot = host.text().indexOf('.');
    return dot > 0 && pattern.equals("*" + host.text().substring(dot));
  }
}
