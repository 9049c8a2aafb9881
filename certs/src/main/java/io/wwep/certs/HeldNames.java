package io.wwep.certs;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * What a certificate holds for, by the place where it says so: stacks differ in where they look.
 *
 * @param hasAlternatives whether there are alternative names of any kind
 * @param addresses IP addresses as {@link ServerName#text} has them
 */
record HeldNames(
    boolean hasAlternatives,
    List<String> dnsNames,
    List<String> addresses,
    List<String> commonNames) {

  /** Kinds of RFC 5280, section 4.2.1.6. */
  private static final int DNS_NAME = 2;

  private static final int IP_ADDRESS = 7;

  static HeldNames of(X509Certificate certificate) {
    List<String> dnsNames = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    boolean any = true;
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      any = all != null;
      for (List<?> each : any ? all : List.<List<?>>of()) {
        if (each.get(0).equals(DNS_NAME)) {
          dnsNames.add(String.valueOf(each.get(1)));
        } else if (each.get(0).equals(IP_ADDRESS)) {
          addresses.add(address(String.valueOf(each.get(1))));
        }
      }
    } catch (CertificateParsingException e) {
      dnsNames.clear(); // Who cannot read them finds none, and refuses each name.
    }
    return new HeldNames(any, dnsNames, addresses, commonNames(certificate));
  }

  private static String address(String written) {
    try {
      return ServerName.of(written).text();
    } catch (IllegalArgumentException e) {
      return written;
    }
  }

  private static List<String> commonNames(X509Certificate certificate) {
    X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    return Stream.of(subject.getRDNs(BCStyle.CN))
        .flatMap(each -> Stream.of(each.getTypesAndValues()))
        .filter(each -> each.getType().equals(BCStyle.CN))
        .map(AttributeTypeAndValue::getValue)
        .map(NameWords::text)
        .toList();
  }

  /** Returns those that count, the alternative ones where there are any. */
  List<String> all() {
    List<String> alternatives =
        Stream.concat(dnsNames.stream(), addresses.stream()).distinct().toList();
    return alternatives.isEmpty() ? commonNames : alternatives;
  }
}
