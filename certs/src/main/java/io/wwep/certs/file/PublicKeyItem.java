package io.wwep.certs.file;

import io.wwep.certs.KeyWords;
import io.wwep.certs.PublicHalf;
import java.time.Instant;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A public key by itself. */
record PublicKeyItem(String form, SubjectPublicKeyInfo key) implements Item {

  @Override
  public String noun() {
    return "public key";
  }

  @Override
  public Description describe(Instant now) {
    String print = PublicHalf.fingerprint(key);
    return new Description("public-key", "public key, " + KeyWords.of(key))
        .fact("key", KeyWords.of(key), "key", KeyWords.of(key))
        .fact("SHA-256", print, "publicKeySha256", print);
  }
}
