package io.wwep.server.tls;

import io.netty.internal.tcnative.CertificateVerifier;
import io.netty.util.concurrent.FastThreadLocal;
import io.wwep.certs.ClientCertificate;
import io.wwep.certs.ClientRefusal;
import io.wwep.certs.ClientTrust;
import java.util.List;

/**
 * Has BoringSSL ask what a client's certificate is worth.
 *
 * <p>BoringSSL asks in the middle of a handshake step, on the loop's thread, and takes a number for
 * an answer; the answer in words waits on the thread until the step is over.
 */
final class ClientCheck extends CertificateVerifier {

  private static final FastThreadLocal<Verdict> LAST = new FastThreadLocal<>();

  private final ClientTrust trust;

  ClientCheck(ClientTrust trust) {
    this.trust = trust;
  }

  /**
   * What a certificate is worth.
   *
   * @param accepted what it proves, or null
   * @param refusal why it proves nothing, or null
   */
  record Verdict(ClientCertificate accepted, ClientRefusal refusal) {}

  /** Returns what the last step on this thread came to, once; null where it checked nothing. */
  static Verdict takeLast() {
    Verdict last = LAST.getIfExists();
    if (last != null) {
      LAST.remove();
    }
    return last;
  }

  @Override
  public int verify(long ssl, byte[][] chain, String authentication) {
    try {
      LAST.set(new Verdict(trust.checkDer(List.of(chain)), null));
      return X509_V_OK;
    } catch (ClientRefusal refusal) {
      LAST.set(new Verdict(null, refusal));
      return number(refusal.reason());
    }
  }

  /** BoringSSL makes an alert of it. */
  private static int number(ClientRefusal.Reason reason) {
    return switch (reason) {
      case UNKNOWN_CA -> X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
      case NOT_VALID_NOW -> X509_V_ERR_CERT_HAS_EXPIRED;
      case REVOKED -> X509_V_ERR_CERT_REVOKED;
      case WRONG_PURPOSE -> X509_V_ERR_INVALID_PURPOSE;
      case BAD -> X509_V_ERR_CERT_REJECTED;
    };
  }
}
