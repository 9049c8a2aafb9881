package io.wwep.tap;

import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Keys of a server that are made when a board first needs one of their kind: an RSA key takes a
 * moment, which only boards without ECDSA wait for. Methods may be called by any thread.
 */
final class LazyKeys extends X509ExtendedKeyManager {

  private final Function<KeyAlgorithm, Identity> maker;
  private final Map<KeyAlgorithm, Identity> made = new EnumMap<>(KeyAlgorithm.class);

  LazyKeys(Function<KeyAlgorithm, Identity> maker) {
    this.maker = maker;
  }

  /** Returns the key of a kind; makes it where there is none. */
  synchronized Identity of(KeyAlgorithm algorithm) {
    return made.computeIfAbsent(algorithm, maker);
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return switch (keyType) {
      case "EC" -> KeyAlgorithm.EC_P256.name();
      case "RSA" -> KeyAlgorithm.RSA_2048.name();
      default -> null;
    };
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return chooseServerAlias(keyType, issuers, null);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return of(KeyAlgorithm.valueOf(alias)).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return of(KeyAlgorithm.valueOf(alias)).key();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    String alias = chooseServerAlias(keyType, issuers, null);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return null;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }
}
