package io.wwep.certs;

import io.wwep.certs.BoardVerdict.Kind;
import io.wwep.certs.BoardVerdict.Step;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The two steps with which a board makes sure that an issuer has signed what is there. */
final class SignatureSteps {

  private final int index;
  private final X509Certificate certificate;
  private final CertificateWords issuer;
  private final SignatureCheck check;

  SignatureSteps(int index, X509Certificate certificate, X509Certificate issuer) {
    this.index = index;
    this.certificate = certificate;
    this.issuer = CertificateWords.of(issuer);
    check = new SignatureCheck(certificate, issuer.getPublicKey());
  }

  List<Step> steps() {
    return List.of(hash(), signature());
  }

  private Step hash() {
    Optional<byte[]> content = check.contentHash();
    if (content.isEmpty()) {
      return Step.skipped(
          index,
          Kind.HASH,
          "%s hashes in a way of its own, and is checked as a whole"
              .formatted(certificate.getSigAlgName()));
    }
    String own =
        "%s of its content is %s"
            .formatted(
                SignatureCheck.hashName(certificate).orElseThrow(),
                SignatureCheck.shortened(content.get()));
    Optional<byte[]> signed = check.signedHash();
    if (signed.isEmpty()) {
      return Step.skipped(index, Kind.HASH, own + ", " + whyNotRecovered());
    }
    String other = SignatureCheck.shortened(signed.get());
    return check.isContentChanged()
        ? Step.failed(
            index,
            Kind.HASH,
            BoardFlag.NOT_TRUSTED,
            "%s, and %s has signed %s: it was changed afterwards, copy it again from where it was made"
                .formatted(own, issuer.shortName(), other))
        : Step.ok(index, Kind.HASH, "%s, and the signature holds %s".formatted(own, other));
  }

  private String whyNotRecovered() {
    return certificate.getSigAlgName().endsWith("withRSA")
        ? "and no hash comes out of the signature with the key of %s".formatted(issuer.shortName())
        : "and a signature of this kind (%s) gives none back: the key checks it as a whole"
            .formatted(certificate.getSigAlgName());
  }

  private Step signature() {
    if (check.isGood()) {
      return Step.ok(
          index, Kind.SIGNATURE, "made with the key of %s".formatted(issuer.shortName()));
    }
    return Step.failed(
        index,
        Kind.SIGNATURE,
        BoardFlag.NOT_TRUSTED,
        check.isContentChanged()
            ? "made with the key of %s, but not of this content: copy the certificate again"
                .formatted(issuer.shortName())
            : "not made with the key of %s of which the certificate is there: it is another CA of the same name, or the certificate was changed; take the CA's file from where the certificate was made"
                .formatted(issuer.shortName()));
  }
}
