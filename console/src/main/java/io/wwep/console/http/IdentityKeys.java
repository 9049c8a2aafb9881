package io.wwep.console.http;

import io.wwep.certs.Identity;
import io.wwep.certs.ServerIdentity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows browsers what the server shows to boards at the moment, so that a renewed certificate needs
 * no restart. May be used by any thread.
 *
 * <p>An alias is a fingerprint: a handshake that has begun ends with the key that it began with.
 */
public final class IdentityKeys extends X509ExtendedKeyManager {

  private final Supplier<ServerIdentity> current;

  /** The last two that were asked for. */
  private volatile Generations known;

  /** An identity and the one that it replaced. */
  private record Generations(ServerIdentity now, ServerIdentity before) {}

  /**
   * @param current tells what the server shows; quick
   */
  public IdentityKeys(Supplier<ServerIdentity> current) {
    this.current = current;
    ServerIdentity now = current.get();
    known = new Generations(now, now);
  }

  private Generations generations() {
    ServerIdentity now = current.get();
    Generations last = known;
    if (last.now != now) {
      last = new Generations(now, last.now);
      known = last;
    }
    return last;
  }

  private Identity find(String alias) {
    Generations all = generations();
    return Stream.of(all.now, all.before)
        .flatMap(each -> each.all().stream())
        .filter(each -> each.fingerprint().equals(alias))
        .findFirst()
        .orElse(null);
  }

  private String alias(String keyType) {
    ServerIdentity now = generations().now;
    Identity identity = keyType.startsWith("EC") ? now.ec() : now.rsa();
    boolean fits = identity != null && (keyType.startsWith("EC") || keyType.startsWith("RSA"));
    return fits ? identity.fingerprint() : null;
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return alias(keyType);
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return alias(keyType);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    String alias = alias(keyType);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    Identity identity = find(alias);
    return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    Identity identity = find(alias);
    return identity == null ? null : identity.key();
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
