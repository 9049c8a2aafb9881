package io.wwep.console;

import io.wwep.certs.CertificateNames;
import io.wwep.certs.ServerIdentity;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * The names in the certificates that a server shows at the moment; none where it shows none. Looked
 * up anew when other certificates are shown. Used by the HTTP event loop alone.
 */
final class CertifiedNames implements Supplier<Collection<String>> {

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
    return identity.all().stream()
        .flatMap(each -> CertificateNames.of(each.certificate()).stream())
        .toList();
  }
}
