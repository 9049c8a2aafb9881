package io.wwep.server.tls;

import io.wwep.certs.Identity;
import io.wwep.keylog.JdkSecrets;
import io.wwep.keylog.KeyLog;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows one identity, and takes the secrets of each connection at the moment it is asked for it.
 *
 * <p>The JDK's engine goes through the whole flight of a TLS 1.3 server in one go, and by its end
 * the server's handshake secret is forgotten. Its only word in between is the question for the
 * certificate. Any thread.
 */
final class KeyLogKeyManager extends X509ExtendedKeyManager {

  private static final char[] NO_PASSWORD = {};

  private final X509ExtendedKeyManager identity;
  private final KeyLog log;

  /** Under way; what takes the secrets holds the engine too, so no garbage collector clears up. */
  private final Map<SSLEngine, JdkSecrets> handshakes =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private KeyLogKeyManager(X509ExtendedKeyManager identity, KeyLog log) {
    this.identity = identity;
    this.log = log;
  }

  /**
   * @throws SSLException when the JDK does not take the identity
   * @throws io.wwep.keylog.KeyLogException when this Java does not let its keys be read
   */
  static KeyLogKeyManager of(Identity identity, KeyLog log) throws SSLException {
    JdkSecrets.requireReadable();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      X509Certificate[] chain = identity.chain().toArray(new X509Certificate[0]);
      store.setKeyEntry("server", identity.key(), NO_PASSWORD, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return new KeyLogKeyManager((X509ExtendedKeyManager) factory.getKeyManagers()[0], log);
    } catch (GeneralSecurityException | IOException refused) {
      throw new SSLException(refused.getMessage(), refused);
    }
  }

  /**
   * Returns what takes the secrets of a connection, from now to the end of its handshake, when
   * {@link #forget} is due.
   */
  JdkSecrets watch(SSLEngine engine) {
    JdkSecrets secrets = JdkSecrets.of(engine, log);
    handshakes.put(engine, secrets);
    return secrets;
  }

  /** The handshake of a connection is over, whatever came of it. */
  void forget(SSLEngine engine) {
    handshakes.remove(engine);
  }

  /** Returns how many handshakes are under way. */
  int handshakes() {
    return handshakes.size();
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    JdkSecrets secrets = handshakes.get(engine);
    if (secrets != null) {
      secrets.look();
    }
    return identity.chooseEngineServerAlias(keyType, issuers, engine);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return identity.getServerAliases(keyType, issuers);
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return identity.chooseServerAlias(keyType, issuers, socket);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identity.getCertificateChain(alias);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identity.getPrivateKey(alias);
  }

  /** None: this is a server's. */
  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  /** None: this is a server's. */
  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return null;
  }
}
