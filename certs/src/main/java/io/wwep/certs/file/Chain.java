package io.wwep.certs.file;

import io.wwep.certs.NameWords;
import io.wwep.certs.QuickKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/** Who among some certificates has signed whom, by their signatures and not by names alone. */
final class Chain {

  /** A hostile file has a thousand that are all named alike. */
  private static final int CHECKS_MAX = 1_000;

  private static final int NONE = -1;

  /** What came of the check of a signature. */
  enum Signature {
    /** The key has signed it. */
    VALID,
    /** It has not. */
    INVALID,
    /** This Java does not know the kind of key or signature, or there are too many. */
    UNKNOWN
  }

  private final List<CertificateItem> all;
  private final Map<String, List<Integer>> bySubject = new HashMap<>();
  private final int[] signers;
  private final Signature[] signatures;
  private int checks;

  Chain(List<CertificateItem> all) {
    this.all = List.copyOf(all);
    signers = new int[all.size()];
    signatures = new Signature[all.size()];
    for (int i = 0; i < signers.length; i++) {
      bySubject
          .computeIfAbsent(
              NameWords.canonical(all.get(i).holder().getSubject()), name -> new ArrayList<>())
          .add(i);
    }
    for (int i = 0; i < signers.length; i++) {
      findSigner(i);
    }
  }

  /** The one whose key fits, or else one whose name fits. */
  private void findSigner(int index) {
    X509CertificateHolder certificate = all.get(index).holder();
    signers[index] = NONE;
    for (int i : bySubject.getOrDefault(NameWords.canonical(certificate.getIssuer()), List.of())) {
      if (signatures[index] != Signature.VALID) {
        signers[index] = i;
        signatures[index] = check(certificate, all.get(i).publicKey());
      }
    }
  }

  private Signature check(X509CertificateHolder certificate, SubjectPublicKeyInfo key) {
    checks++;
    if (checks > CHECKS_MAX) {
      return Signature.UNKNOWN;
    }
    try {
      PublicKey signer = JavaKeys.of(key);
      if (!QuickKey.isOne(signer)) {
        return Signature.UNKNOWN;
      }
      return certificate.isSignatureValid(new JcaContentVerifierProviderBuilder().build(signer))
          ? Signature.VALID
          : Signature.INVALID;
    } catch (CertException
        | OperatorCreationException
        | GeneralSecurityException
        | RuntimeException e) {
      return isOfAnotherKind(e) ? Signature.INVALID : Signature.UNKNOWN;
    }
  }

  /** An RSA key has made no signature of ECDSA, and the other way round. */
  private static boolean isOfAnotherKind(Exception failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof InvalidKeyException) {
        return true;
      }
    }
    return false;
  }

  /** Returns who has signed one of them, by its name at least; itself for a root. */
  Optional<CertificateItem> signer(int index) {
    return signers[index] == NONE ? Optional.empty() : Optional.of(all.get(signers[index]));
  }

  /** Whether one is signed by who is named; only where there is a signer. */
  Signature signature(int index) {
    return signatures[index];
  }

  boolean isRoot(int index) {
    return all.get(index).words().isSelfIssued();
  }

  /**
   * Returns them from the one that has signed nobody up to the last signer, if all stand in one
   * line.
   */
  Optional<List<CertificateItem>> inOrder() {
    Set<Integer> signing = new HashSet<>();
    for (int i = 0; i < signers.length; i++) {
      if (signers[i] != i) {
        signing.add(signers[i]);
      }
    }
    List<CertificateItem> line = new ArrayList<>();
    for (int i = 0; i < signers.length; i++) {
      if (!signing.contains(i)) {
        line = line(i);
        break;
      }
    }
    return line.size() == all.size() ? Optional.of(line) : Optional.empty();
  }

  /** Returns one of them, then who signed it, and so on. */
  List<CertificateItem> from(CertificateItem first) {
    return line(all.indexOf(first));
  }

  private List<CertificateItem> line(int start) {
    Set<Integer> seen = new HashSet<>();
    List<CertificateItem> line = new ArrayList<>();
    for (int i = start; i != NONE && seen.add(i); i = signers[i]) {
      line.add(all.get(i));
    }
    return line;
  }
}
