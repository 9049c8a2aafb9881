package io.wwep.certs.file;

import io.wwep.certs.KeyWords;
import io.wwep.certs.PublicHalf;
import java.time.Instant;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A private key, in any form. It never shows the key.
 *
 * @param form where it stands, and as what
 * @param key the key
 * @param publicKey what it can be known by; null where it cannot be told
 * @param protection how it was encrypted, in words; null when it was not
 */
record PrivateKeyItem(
    String form, PrivateKeyInfo key, SubjectPublicKeyInfo publicKey, String protection)
    implements Item {

  static PrivateKeyItem of(String form, PrivateKeyInfo key, String protection) {
    return new PrivateKeyItem(form, key, PublicHalf.of(key).orElse(null), protection);
  }

  @Override
  public String noun() {
    return "key";
  }

  @Override
  public Description describe(Instant now) {
    String words =
        publicKey == null ? KeyWords.of(key.getPrivateKeyAlgorithm()) : KeyWords.of(publicKey);
    Description about = new Description("private-key", "private key, " + words);
    about.fact("key", words, "key", words);
    about.fact(
        "protected",
        protection == null
            ? "no: whoever has the file has the key"
            : "by a password, " + protection,
        "encrypted",
        protection != null);
    if (publicKey != null) {
      String print = PublicHalf.fingerprint(publicKey);
      about.fact("SHA-256", print + " of its public key", "publicKeySha256", print);
    }
    return about;
  }

  @Override
  public String toString() {
    return "PrivateKeyItem[%s]".formatted(form);
  }
}
