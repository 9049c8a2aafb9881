package io.wwep.client;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows a client's certificate to each server that asks for one, and remembers what it asked for.
 *
 * <p>It is shown also to a server that names other CAs than the one that signed it: the JDK's own
 * manager would keep it back, and the server could only say that none came. Any number of threads.
 */
final class ClientKeyManager extends X509ExtendedKeyManager {

  private static final String ALIAS = "client";

  private final ClientIdentity identity;

  /** By the TLS socket or engine on which a server asked; gone with it. */
  private final Map<Object, CertificateRequest> requests =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param identity null shows none
   */
  ClientKeyManager(ClientIdentity identity) {
    this.identity = identity;
  }

  /** Returns what the server asked for on this TLS socket or engine, or null when it did not. */
  CertificateRequest requestOn(Object way) {
    return requests.get(way);
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return choose(keyTypes, issuers, socket);
  }

  @Override
  public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
    return choose(keyTypes, issuers, engine);
  }

  private String choose(String[] keyTypes, Principal[] issuers, Object way) {
    boolean shown = canShow(keyTypes);
    requests.put(way, new CertificateRequest(shown, List.of(keyTypes), names(issuers)));
    return shown ? ALIAS : null;
  }

  private boolean canShow(String... keyTypes) {
    return identity != null && List.of(keyTypes).contains(identity.key().getAlgorithm());
  }

  /** TLS 1.3 need not name any, and then the JDK gives no list. */
  private static List<Principal> names(Principal... issuers) {
    return issuers == null ? List.of() : List.copyOf(Arrays.asList(issuers));
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identity == null ? null : identity.key();
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return canShow(keyType) ? new String[] {ALIAS} : null;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
