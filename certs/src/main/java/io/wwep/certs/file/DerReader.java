package io.wwep.certs.file;

import io.wwep.certs.IdentityException;
import io.wwep.certs.KeyWords;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.SignedData;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** Tells what a piece of DER is by its structure, and reads it. */
final class DerReader {

  /** Fields of an RSA key in PKCS#1 with two primes, and of a DSA key as old openssl wrote it. */
  private static final int PKCS1_FIELDS = 9;

  private static final int DSA_FIELDS = 6;
  private static final int PKCS12_VERSION = 3;

  private final Decryption decryption;

  /** What stands in front of the key in old files, whose key does not name its curve. */
  private ASN1ObjectIdentifier curve;

  DerReader(Decryption decryption) {
    this.decryption = decryption;
  }

  /**
   * Reads all that is in one value.
   *
   * @param where how a form is called that has this in it, as in {@code PEM, line 3}
   * @throws IOException when it is damaged
   * @throws IdentityException when the password does not open it
   */
  List<Item> items(byte[] der, String where) throws IOException {
    return told(items(ASN1Primitive.fromByteArray(der), where, null));
  }

  /** The library looks into some parts only when asked for them; what is damaged throws here. */
  private static List<Item> told(List<Item> items) {
    items.forEach(each -> each.describe(Instant.EPOCH));
    return items;
  }

  private List<Item> items(ASN1Primitive value, String where, String protection)
      throws IOException {
    if (!(value instanceof ASN1Sequence sequence) || sequence.size() == 0) {
      return List.of(
          value instanceof ASN1ObjectIdentifier oid ? curve(oid, where) : unknown(where));
    }
    ASN1Encodable first = sequence.getObjectAt(0);
    if (first instanceof ASN1ObjectIdentifier oid) {
      return contentInfo(oid, sequence, where);
    }
    return first instanceof ASN1Integer
        ? startingWithNumber(sequence, where, protection)
        : startingWithSequence(sequence, where);
  }

  private OtherItem curve(ASN1ObjectIdentifier oid, String where) {
    curve = oid;
    String words = KeyWords.of(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, oid));
    return new OtherItem(where, "parameters of a key, " + words, "", false);
  }

  private static OtherItem unknown(String where) {
    return new OtherItem(
        where,
        "something else in DER",
        "no certificate, key, request or CRL: openssl asn1parse -i -inform DER shows its structure",
        false);
  }

  private List<Item> startingWithSequence(ASN1Sequence sequence, String where) throws IOException {
    ASN1Encodable second = sequence.size() > 1 ? sequence.getObjectAt(1) : null;
    if (sequence.size() == 2 && second instanceof ASN1OctetString) {
      return List.of(encryptedKey(EncryptedPrivateKeyInfo.getInstance(sequence), where));
    }
    if (sequence.size() == 2 && second instanceof ASN1BitString) {
      return List.of(new PublicKeyItem(where, SubjectPublicKeyInfo.getInstance(sequence)));
    }
    if (sequence.size() != 3 || !(sequence.getObjectAt(0) instanceof ASN1Sequence content)) {
      return List.of(unknown(where));
    }
    return List.of(signed(sequence, content, where));
  }

  /** Of a certificate, a request and a list the outer structure is the same. */
  private static Item signed(ASN1Sequence whole, ASN1Sequence content, String where)
      throws IOException {
    int tagged = content.size() > 0 && content.getObjectAt(0) instanceof ASN1TaggedObject ? 1 : 0;
    int fields = content.size() - tagged;
    if (tagged == 0 && fields >= 3 && isKeyInfo(content.getObjectAt(2))) {
      return new RequestItem(
          where, new PKCS10CertificationRequest(CertificationRequest.getInstance(whole)));
    }
    if (fields >= 6 && isKeyInfo(content.getObjectAt(5 + tagged))) {
      return new CertificateItem(where, new X509CertificateHolder(Certificate.getInstance(whole)));
    }
    return new CrlItem(where, new X509CRLHolder(CertificateList.getInstance(whole)));
  }

  private static boolean isKeyInfo(ASN1Encodable value) {
    return value instanceof ASN1Sequence sequence
        && sequence.size() == 2
        && sequence.getObjectAt(0) instanceof ASN1Sequence
        && sequence.getObjectAt(1) instanceof ASN1BitString;
  }

  private List<Item> startingWithNumber(ASN1Sequence sequence, String where, String protection)
      throws IOException {
    ASN1Encodable second = sequence.size() > 1 ? sequence.getObjectAt(1) : null;
    if (second instanceof ASN1Sequence inner && inner.size() > 0) {
      return sequence.size() > 2 && sequence.getObjectAt(2) instanceof ASN1OctetString
          ? List.of(key("PKCS#8", PrivateKeyInfo.getInstance(sequence), where, protection))
          : pkcs12OrParameters(sequence, where);
    }
    if (second instanceof ASN1OctetString) {
      return List.of(sec1(ECPrivateKey.getInstance(sequence), where, protection));
    }
    if (sequence.size() == PKCS1_FIELDS) {
      return List.of(
          key(
              "PKCS#1",
              pkcs8(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE, sequence),
              where,
              protection));
    }
    if (sequence.size() == DSA_FIELDS) {
      return List.of(
          new OtherItem(
              where,
              "private key, DSA",
              "no TLS stack of today takes DSA: make an EC or RSA key",
              false));
    }
    if (sequence.size() == 2 && second instanceof ASN1Integer) {
      return List.of(
          new PublicKeyItem(
              where + ", PKCS#1",
              new SubjectPublicKeyInfo(
                  new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                  sequence)));
    }
    return List.of(unknown(where));
  }

  private List<Item> pkcs12OrParameters(ASN1Sequence sequence, String where) throws IOException {
    return ASN1Integer.getInstance(sequence.getObjectAt(0)).hasValue(PKCS12_VERSION)
        ? new Pkcs12Reader(decryption).items(Pfx.getInstance(sequence), where)
        : List.of(
            new OtherItem(
                where,
                "parameters of a key, EC on a curve that is written out",
                "TLS takes curves by their names alone: make the key anew, on P-256",
                false));
  }

  private static PrivateKeyInfo pkcs8(
      ASN1ObjectIdentifier oid, ASN1Encodable parameters, ASN1Object key) throws IOException {
    return new PrivateKeyInfo(new AlgorithmIdentifier(oid, parameters), key);
  }

  private static PrivateKeyItem key(
      String as, PrivateKeyInfo key, String where, String protection) {
    return PrivateKeyItem.of(where + ", " + as, key, protection);
  }

  private PrivateKeyItem sec1(ECPrivateKey key, String where, String protection)
      throws IOException {
    ASN1Encodable named = key.getParametersObject() == null ? curve : key.getParametersObject();
    return key("SEC 1", pkcs8(X9ObjectIdentifiers.id_ecPublicKey, named, key), where, protection);
  }

  IdentityException refused(Exception cause) {
    return decryption.refused(cause);
  }

  /** Returns the key of a PEM block in the old form of openssl, which was encrypted. */
  List<Item> decrypted(byte[] der, String where, String protection) throws IOException {
    return told(items(ASN1Primitive.fromByteArray(der), where, protection));
  }

  /** Returns an encrypted key, opened where there is a password. */
  Item encryptedKey(EncryptedPrivateKeyInfo info, String where) {
    String words = Decryption.words(info.getEncryptionAlgorithm());
    if (!decryption.isPossible()) {
      return locked(
          where + ", PKCS#8", "private key, protected by a password (%s)".formatted(words));
    }
    try {
      return key(
          "PKCS#8",
          new PKCS8EncryptedPrivateKeyInfo(info).decryptPrivateKeyInfo(decryption),
          where,
          words);
    } catch (PKCSException | RuntimeException e) {
      throw decryption.refused(e);
    }
  }

  static OtherItem locked(String where, String title) {
    return new OtherItem(
        where,
        title,
        "give its password in a file with --password-file, or in the variable WWEP_PASSWORD",
        true);
  }

  private List<Item> contentInfo(ASN1ObjectIdentifier oid, ASN1Sequence sequence, String where)
      throws IOException {
    if (!oid.equals(PKCSObjectIdentifiers.signedData) || sequence.size() < 2) {
      return List.of(
          oid.equals(PKCSObjectIdentifiers.envelopedData)
              ? new OtherItem(
                  where,
                  "PKCS#7 that is encrypted for somebody",
                  "openssl cms -decrypt opens it with that person's key",
                  false)
              : unknown(where));
    }
    SignedData data =
        SignedData.getInstance(
            ASN1TaggedObject.getInstance(sequence.getObjectAt(1)).getExplicitBaseObject());
    List<Item> items = new ArrayList<>();
    for (ASN1Primitive each : members(data.getCertificates())) {
      items.addAll(items(each, where + ", PKCS#7", null));
    }
    for (ASN1Primitive each : members(data.getCRLs())) {
      items.addAll(items(each, where + ", PKCS#7", null));
    }
    return items.isEmpty()
        ? List.of(new OtherItem(where + ", PKCS#7", "PKCS#7 without certificates", "", false))
        : items;
  }

  private static List<ASN1Primitive> members(ASN1Set set) {
    List<ASN1Primitive> members = new ArrayList<>();
    for (int i = 0; set != null && i < Math.min(set.size(), CryptoFile.ITEMS_MAX); i++) {
      members.add(set.getObjectAt(i).toASN1Primitive());
    }
    return members;
  }
}
