package io.wwep.it;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificates as nobody should make them, and good ones beside them: the product itself makes none
 * of the bad kinds, and {@code openssl x509} not all of them.
 */
public final class TestCertificate {

  private final byte[] der;
  private final PrivateKey key;
  private final X500Name name;

  private TestCertificate(byte[] der, PrivateKey key, X500Name name) {
    this.der = der;
    this.key = key;
    this.name = name;
  }

  /** What is to be in one; what is not set is as it should be. */
  public static final class Recipe {

    private final String commonName;
    private final Instant now = Instant.now();
    private TestCertificate issuer;
    private int pathLength = -1;
    private boolean ca;
    private GeneralName[] names = {};
    private KeyPurposeId purpose;
    private int usage;
    private final List<Extension> others = new ArrayList<>();
    private String hash = "SHA256";
    private boolean pss;
    private String keyKind = "RSA";
    private int keyBits = 2048;
    private Instant from = now.minus(Duration.ofDays(2));
    private Instant until = now.plus(Duration.ofDays(30));

    public Recipe(String commonName) {
      this.commonName = commonName;
    }

    public Recipe signedBy(TestCertificate issuer) {
      this.issuer = issuer;
      return this;
    }

    public Recipe ca() {
      ca = true;
      return usage(KeyUsage.keyCertSign);
    }

    Recipe ca(int pathLength) {
      this.pathLength = pathLength;
      return ca();
    }

    public Recipe names(String... dnsOrIp) {
      names =
          Stream.of(dnsOrIp)
              .map(each -> each.split(":", 2))
              .map(each -> new GeneralName(each[0].equals("IP") ? 7 : 2, each[1]))
              .toArray(GeneralName[]::new);
      return this;
    }

    Recipe purpose(KeyPurposeId purpose) {
      this.purpose = purpose;
      return this;
    }

    Recipe usage(int usage) {
      this.usage = usage;
      return this;
    }

    Recipe extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value)
        throws IOException {
      others.add(Extension.create(oid, critical, value));
      return this;
    }

    /** Lets a CA sign for these names alone. */
    Recipe permitted(boolean critical, String... dnsNames) throws IOException {
      GeneralSubtree[] subtrees =
          Stream.of(dnsNames)
              .map(each -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, each)))
              .toArray(GeneralSubtree[]::new);
      return extension(Extension.nameConstraints, critical, new NameConstraints(subtrees, null));
    }

    Recipe hash(String hash) {
      this.hash = hash;
      return this;
    }

    /** Has it signed in RSASSA-PSS with this hash. */
    Recipe pss(String hash) {
      pss = true;
      return hash(hash);
    }

    Recipe key(String kind, int bits) {
      keyKind = kind;
      keyBits = bits;
      return this;
    }

    public Recipe days(int from, int until) {
      this.from = now.plus(Duration.ofDays(from));
      this.until = now.plus(Duration.ofDays(until));
      return this;
    }

    public TestCertificate make() throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(keyKind);
      generator.initialize(keyBits);
      KeyPair pair = generator.generateKeyPair();
      X500Name subject = new X500Name("CN=" + commonName);
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              issuer == null ? subject : issuer.name,
              BigInteger.valueOf(System.nanoTime()),
              new Time(Date.from(from), Locale.ENGLISH),
              new Time(Date.from(until), Locale.ENGLISH),
              subject,
              SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
      addExtensions(builder);
      PrivateKey signer = issuer == null ? pair.getPrivate() : issuer.key;
      String kind = signer.getAlgorithm().equals("EC") ? "ECDSA" : pss ? "RSAandMGF1" : "RSA";
      String algorithm = hash + "with" + kind;
      byte[] der = builder.build(signer(algorithm, signer)).getEncoded();
      return new TestCertificate(der, pair.getPrivate(), subject);
    }

    /** By Bouncy Castle's own provider, since the JDK has another name for RSASSA-PSS. */
    private static ContentSigner signer(String algorithm, PrivateKey key) throws Exception {
      return new JcaContentSignerBuilder(algorithm)
          .setProvider(new BouncyCastleProvider())
          .build(key);
    }

    private void addExtensions(X509v3CertificateBuilder builder) throws Exception {
      if (ca) {
        builder.addExtension(
            Extension.basicConstraints,
            true,
            pathLength < 0 ? new BasicConstraints(true) : new BasicConstraints(pathLength));
      }
      if (usage != 0) {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      }
      if (names.length > 0) {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      if (purpose != null) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      }
      for (Extension each : others) {
        builder.addExtension(each);
      }
    }
  }

  /** Returns the same with one byte of what was signed changed, so that it can still be read. */
  TestCertificate tampered(String text) {
    byte[] changed = der.clone();
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    int at =
        Stream.iterate(0, i -> i + 1)
            .filter(i -> Arrays.equals(wanted, 0, wanted.length, der, i, i + wanted.length))
            .findFirst()
            .orElseThrow();
    changed[at] ^= 0x01;
    return new TestCertificate(changed, key, name);
  }

  /** Returns its key. */
  public PrivateKey key() {
    return key;
  }

  /** Returns it as Java reads it. */
  public X509Certificate certificate() throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  String pem() {
    return pem("CERTIFICATE", der);
  }

  /** Writes certificates into a file, and returns it. */
  public static Path write(Path file, TestCertificate... certificates) throws Exception {
    String all = Stream.of(certificates).map(TestCertificate::pem).collect(Collectors.joining());
    return Files.writeString(file, all);
  }

  /** Writes the key into a file, and returns it. */
  public Path writeKey(Path file) throws Exception {
    return Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()));
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
  }
}
