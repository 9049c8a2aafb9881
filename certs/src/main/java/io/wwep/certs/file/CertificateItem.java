package io.wwep.certs.file;

import io.wwep.certs.CertificateWords;
import io.wwep.certs.PublicHalf;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/** A certificate of X.509. */
record CertificateItem(String form, X509CertificateHolder holder) implements Item {

  CertificateWords words() {
    return CertificateWords.of(holder);
  }

  SubjectPublicKeyInfo publicKey() {
    return holder.getSubjectPublicKeyInfo();
  }

  @Override
  public String noun() {
    return "certificate";
  }

  @Override
  public Description describe(Instant now) {
    CertificateWords words = words();
    Description about = new Description("certificate", words.title());
    String subject = words.subject();
    about.fact("whose", subject.isEmpty() ? "nobody is named" : subject, "subject", subject);
    List<String> names = words.names();
    if (!names.isEmpty()) {
      about.fact("for", ExtensionWords.list(names.stream()));
    }
    about.value("names", names.subList(0, Math.min(names.size(), ExtensionWords.LIST_MAX)));
    words.deviceId().ifPresent(id -> about.value("device", id));
    about
        .fact("signed by", words.isSelfIssued() ? "itself" : words.issuer())
        .value("issuer", words.issuer())
        .fact("valid", words.validity(now))
        .value("notBefore", words.notBefore().toString())
        .value("notAfter", words.notAfter().toString())
        .fact("key", words.key(), "key", words.key())
        .fact("signature", words.signature(), "signature", words.signature())
        .fact("serial", words.serial(), "serial", words.serial())
        .value("ca", words.isCa())
        .fact("SHA-256", words.fingerprint(), "sha256", words.fingerprint())
        .value("publicKeySha256", PublicHalf.fingerprint(publicKey()));
    ExtensionWords.describe(holder.getExtensions(), about);
    return about;
  }
}
