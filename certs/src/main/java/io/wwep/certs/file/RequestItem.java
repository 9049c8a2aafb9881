package io.wwep.certs.file;

import io.wwep.certs.KeyWords;
import io.wwep.certs.NameWords;
import io.wwep.certs.PublicHalf;
import java.time.Instant;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** What a CA is asked to sign (PKCS#10). */
record RequestItem(String form, PKCS10CertificationRequest request) implements Item {

  SubjectPublicKeyInfo publicKey() {
    return request.getSubjectPublicKeyInfo();
  }

  @Override
  public String noun() {
    return "request";
  }

  @Override
  public Description describe(Instant now) {
    String subject = NameWords.of(request.getSubject());
    String key = KeyWords.of(publicKey());
    String signature = KeyWords.signature(request.getSignatureAlgorithm());
    Description about =
        new Description("request", "certificate request, which a CA still has to sign")
            .fact("whose", subject, "subject", subject);
    Extensions asked = extensions();
    String names = names(asked);
    if (!names.isEmpty()) {
      about.fact("for", names, "names", names);
    }
    about
        .fact("key", key, "key", key)
        .fact("signature", signature, "signature", signature)
        .value("publicKeySha256", PublicHalf.fingerprint(publicKey()));
    ExtensionWords.describe(asked, about);
    return about;
  }

  private Extensions extensions() {
    try {
      return request.getRequestedExtensions();
    } catch (RuntimeException damaged) {
      return null;
    }
  }

  private static String names(Extensions extensions) {
    try {
      return extensions == null || extensions.getExtension(Extension.subjectAlternativeName) == null
          ? ""
          : ExtensionWords.list(
              Stream.of(
                      GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName)
                          .getNames())
                  .map(NameWords::bare));
    } catch (RuntimeException damaged) {
      return "";
    }
  }
}
