package io.wwep.client;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;

/** Has no client certificate, and keeps of whom the server would have taken one. */
final class RecordingKeyManager extends X509ExtendedKeyManager {

  private Set<X500Principal> issuers;

  /** Returns the issuers that were named, if the server asked. */
  Optional<List<X500Principal>> issuers() {
    return Optional.ofNullable(issuers).map(List::copyOf);
  }

  /** Asked once for each kind of key that the server would take. */
  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] named, Socket socket) {
    issuers = issuers == null ? new LinkedHashSet<>() : issuers;
    for (Principal each : named == null ? new Principal[0] : named) {
      if (each instanceof X500Principal name && issuers.size() < Limits.CLIENT_ISSUERS_MAX) {
        issuers.add(name);
      }
    }
    return null;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] named) {
    return null;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] named) {
    return null;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] named, Socket socket) {
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return null;
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return null;
  }
}
