package io.wwep.certs.file;

import io.wwep.certs.IdentityException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.bc.BcDefaultDigestProvider;
import org.bouncycastle.pkcs.PKCS12MacCalculatorBuilderProvider;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilderProvider;
import org.bouncycastle.pkcs.bc.BcPKCS12PBMac1CalculatorBuilderProvider;

/**
 * Reads PKCS#12 (RFC 7292): keys and certificates under one password. What does not open stays
 * closed, and is told with what stands in clear.
 */
final class Pkcs12Reader {

  /** How the form of what is in one ends. */
  static final String FORM = "PKCS#12";

  private final Decryption decryption;

  Pkcs12Reader(Decryption decryption) {
    this.decryption = decryption;
  }

  List<Item> items(Pfx pfx, String where) throws IOException {
    String form = where + ", " + FORM;
    boolean opens = decryption.isPossible();
    boolean right =
        !opens || isRightPassword(pfx) || (decryption.takeOtherEmpty() && isRightPassword(pfx));
    if (!right) {
      throw decryption.refused(null);
    }
    List<Item> items = new ArrayList<>();
    for (ContentInfo each : contents(pfx)) {
      addContent(each, form, opens, items);
    }
    return items;
  }

  private static ContentInfo[] contents(Pfx pfx) {
    return AuthenticatedSafe.getInstance(
            ASN1OctetString.getInstance(pfx.getAuthSafe().getContent()).getOctets())
        .getContentInfo();
  }

  /** A checksum that is keyed with the password tells whether it is the right one. */
  private boolean isRightPassword(Pfx pfx) {
    MacData mac = pfx.getMacData();
    if (mac == null) {
      return true;
    }
    AlgorithmIdentifier algorithm = mac.getMac().getAlgorithmId();
    boolean pbmac1 = algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1);
    try {
      decryption.spend(pbmac1 ? pbmac1Rounds(algorithm) : mac.getIterationCount());
      PKCS12MacCalculatorBuilderProvider provider =
          pbmac1
              ? new BcPKCS12PBMac1CalculatorBuilderProvider()
              : new BcPKCS12MacCalculatorBuilderProvider(BcDefaultDigestProvider.INSTANCE);
      return new PKCS12PfxPdu(pbmac1 ? pfx : withNull(pfx))
          .isMacValid(provider, decryption.characters());
    } catch (IdentityException e) {
      throw e;
    } catch (PKCSException | RuntimeException e) {
      return false;
    }
  }

  /** The library compares with what it would write itself; GnuTLS leaves the NULL out. */
  private static Pfx withNull(Pfx pfx) {
    MacData mac = pfx.getMacData();
    DigestInfo digest = mac.getMac();
    AlgorithmIdentifier hash =
        new AlgorithmIdentifier(digest.getAlgorithmId().getAlgorithm(), DERNull.INSTANCE);
    return new Pfx(
        pfx.getAuthSafe(),
        new MacData(
            new DigestInfo(hash, digest.getDigest()),
            mac.getSalt(),
            mac.getIterationCount().intValueExact()));
  }

  private static BigInteger pbmac1Rounds(AlgorithmIdentifier algorithm) {
    return PBKDF2Params.getInstance(
            PBMAC1Params.getInstance(algorithm.getParameters())
                .getKeyDerivationFunc()
                .getParameters())
        .getIterationCount();
  }

  private void addContent(ContentInfo content, String form, boolean opens, List<Item> items) {
    boolean encrypted = content.getContentType().equals(PKCSObjectIdentifiers.encryptedData);
    if (encrypted && !opens) {
      String words =
          Decryption.words(
              EncryptedData.getInstance(content.getContent()).getEncryptionAlgorithm());
      items.add(
          DerReader.locked(
              form, "certificates or keys, protected by a password (%s)".formatted(words)));
      return;
    }
    try {
      PKCS12SafeBagFactory bags =
          encrypted
              ? new PKCS12SafeBagFactory(content, decryption)
              : new PKCS12SafeBagFactory(content);
      for (PKCS12SafeBag each : bags.getSafeBags()) {
        items.add(item(each, form, opens));
      }
    } catch (PKCSException | RuntimeException e) {
      throw decryption.refused(e);
    }
  }

  private Item item(PKCS12SafeBag bag, String form, boolean opens) throws PKCSException {
    Object value = bag.getBagValue();
    if (value instanceof X509CertificateHolder certificate) {
      return new CertificateItem(form, certificate);
    }
    if (value instanceof X509CRLHolder crl) {
      return new CrlItem(form, crl);
    }
    if (value instanceof PrivateKeyInfo key) {
      return PrivateKeyItem.of(form, key, null);
    }
    if (value instanceof PKCS8EncryptedPrivateKeyInfo key) {
      String words = Decryption.words(key.getEncryptionAlgorithm());
      return opens
          ? PrivateKeyItem.of(form, key.decryptPrivateKeyInfo(decryption), words)
          : DerReader.locked(form, "private key, protected by a password (%s)".formatted(words));
    }
    return new OtherItem(form, "something that is neither key nor certificate", "", false);
  }
}
