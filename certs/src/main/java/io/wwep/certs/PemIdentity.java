package io.wwep.certs;

import io.wwep.certs.Pem.Kind;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;

/** Reads an identity from two PEM files, which may be one and the same. */
final class PemIdentity {

  private PemIdentity() {}

  static Identity read(Path certificateFile, Path keyFile) {
    List<PemObject> certificateBlocks = Pem.read(certificateFile, Kind.CERTIFICATE);
    List<PemObject> keyBlocks = Pem.read(keyFile, Kind.KEY);
    requireNotSwapped(certificateFile, certificateBlocks, keyFile, keyBlocks);
    List<X509Certificate> chain = chain(certificateFile, certificateBlocks);
    PrivateKey key = PemKey.parse(keyFile, keyBlocks);
    PemKey.requireSupported(certificateFile, chain.get(0).getPublicKey());
    try {
      return new Identity(key, chain);
    } catch (IllegalArgumentException noPair) {
      throw noPair(certificateFile, chain, keyFile, key);
    }
  }

  private static void requireNotSwapped(
      Path certificateFile,
      List<PemObject> certificateBlocks,
      Path keyFile,
      List<PemObject> keyBlocks) {
    boolean keyWhereCertificate = isKeyAlone(certificateBlocks);
    boolean certificateWhereKey = !PemKey.hasKey(keyBlocks) && hasCertificate(keyBlocks);
    if (keyWhereCertificate && certificateWhereKey) {
      throw new IdentityException(
          "%s is the key and %s is the certificate: swap them".formatted(certificateFile, keyFile));
    }
    if (keyWhereCertificate) {
      throw keyAlone(certificateFile);
    }
    if (certificateWhereKey) {
      throw new IdentityException(
          "key file %s holds a certificate: give the private key's file there".formatted(keyFile));
    }
  }

  /** Throws unless there is a certificate in a file; whose key is looked for by its name. */
  static void requireCertificate(Path file) {
    List<PemObject> blocks = Pem.read(file, Kind.CERTIFICATE);
    if (isKeyAlone(blocks)) {
      throw keyAlone(file);
    }
    chain(file, blocks);
  }

  private static boolean isKeyAlone(List<PemObject> blocks) {
    return !hasCertificate(blocks) && PemKey.hasKey(blocks);
  }

  private static IdentityException keyAlone(Path certificateFile) {
    return new IdentityException(
        "certificate file %s holds a private key: give the certificate's file there"
            .formatted(certificateFile));
  }

  private static boolean hasCertificate(List<PemObject> blocks) {
    return blocks.stream().anyMatch(PemIdentity::isCertificate);
  }

  private static boolean isCertificate(PemObject block) {
    return block.getType().equals("CERTIFICATE") || block.getType().equals("X509 CERTIFICATE");
  }

  /** Returns the certificates of a file in their order: 1 to {@link Identity#CHAIN_MAX}. */
  static List<X509Certificate> chain(Path file, List<PemObject> blocks) {
    return certificates(file, blocks, Identity.CHAIN_MAX);
  }

  /** Returns the certificates of a file in their order: 1 to {@code max}. */
  static List<X509Certificate> certificates(Path file, List<PemObject> blocks, int max) {
    List<PemObject> certificates = blocks.stream().filter(PemIdentity::isCertificate).toList();
    if (certificates.isEmpty()) {
      throw new IdentityException(noCertificate(file, blocks.get(0).getType()));
    }
    if (certificates.size() > max) {
      throw new IdentityException(
          "certificate file %s holds %d certificates: leave those that are needed, %d at most"
              .formatted(file, certificates.size(), max));
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (PemObject each : certificates) {
      chain.add(certificate(file, each, chain.size() + 1));
    }
    return chain;
  }

  private static String noCertificate(Path file, String type) {
    return type.endsWith("CERTIFICATE REQUEST")
        ? "certificate file %s holds a certificate request: have it signed, and give what comes back"
            .formatted(file)
        : "certificate file %s holds no certificate, but a block named %s: give the PEM certificate"
            .formatted(file, type);
  }

  private static X509Certificate certificate(Path file, PemObject block, int position) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.getContent()));
    } catch (CertificateException | RuntimeException e) {
      // The JDK trips over some, as over an Ed25519 key of no length.
      throw new IdentityException(
          "certificate %d in %s is damaged (%s): copy the file again"
              .formatted(position, file, IdentityException.words(e)),
          e);
    }
  }

  /** Returns why the key is not the first certificate's. */
  private static IdentityException noPair(
      Path certificateFile, List<X509Certificate> chain, Path keyFile, PrivateKey key) {
    for (int i = 1; i < chain.size(); i++) {
      if (Identity.matches(key, chain.get(i).getPublicKey())) {
        return new IdentityException(
            "key %s belongs to certificate %d in %s: put that certificate first, then who signed it"
                .formatted(keyFile, i + 1, certificateFile));
      }
    }
    return new IdentityException(
        "key %s does not belong to certificate %s: give the key that the certificate was made with"
            .formatted(keyFile, certificateFile));
  }
}
