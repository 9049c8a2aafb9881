package io.wwep.console;

import io.wwep.certs.ServerIdentity;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * The names in the certificates that a server shows at the moment; none where it shows none. Looked
 * up anew when other certificates are shown. Used by the HTTP event loop alone.
 */
final class CertifiedNames implements Supplier<Collection<String>> {

  private static final int DNS_NAME = 2;

  private final Supplier<ServerIdentity> current;
  private ServerIdentity known;
  private List<String> names = List.of();

  CertifiedNames(Supplier<ServerIdentity> current) {
    this.current = current;
  }

  @Override
  public Collection<String> get() {
    ServerIdentity now = current.get();
    if (now != known) {
      known = now;
      names = now == null ? List.of() : namesOf(now);
    }
    return names;
  }

  private static List<String> namesOf(ServerIdentity identity) {
    List<String> all = new ArrayList<>();
    identity.all().forEach(each -> all.addAll(namesOf(each.certificate())));
    return List.copyOf(all);
  }

  /** Addresses are not of interest: those of this computer are known otherwise. */
  private static List<String> namesOf(X509Certificate certificate) {
    try {
      var alternatives = certificate.getSubjectAlternativeNames();
      return alternatives == null
          ? List.of()
          : alternatives.stream()
              .filter(each -> each.get(0).equals(DNS_NAME))
              .map(each -> (String) each.get(1))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of(); // Clients could not read them either.
    }
  }
}
