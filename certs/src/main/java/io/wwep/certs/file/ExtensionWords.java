package io.wwep.certs.file;

import io.wwep.certs.ListWords;
import io.wwep.certs.NameWords;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** Extensions in words; those that are not known, or damaged, as hex. */
final class ExtensionWords {

  /** Who needs more of an unknown one has its OID, and openssl asn1parse. */
  private static final int HEX_BYTES_MAX = 48;

  /** Certificates of large sites name a hundred hosts. */
  static final int LIST_MAX = 100;

  private static final int EXTENSIONS_MAX = 100;

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  /** How one kind is called, and how its value is said. */
  private record Kind(String name, Function<ASN1Encodable, String> words) {}

  private static final Map<ASN1ObjectIdentifier, Kind> KINDS = kinds();
  private static final Map<Integer, String> USAGES = usages();
  private static final Map<KeyPurposeId, String> PURPOSES =
      Map.of(
          KeyPurposeId.id_kp_serverAuth, "TLS server",
          KeyPurposeId.id_kp_clientAuth, "TLS client",
          KeyPurposeId.id_kp_codeSigning, "code signing",
          KeyPurposeId.id_kp_emailProtection, "email",
          KeyPurposeId.id_kp_timeStamping, "time stamping",
          KeyPurposeId.id_kp_OCSPSigning, "OCSP signing",
          KeyPurposeId.anyExtendedKeyUsage, "anything");

  private ExtensionWords() {}

  private static Map<ASN1ObjectIdentifier, Kind> kinds() {
    Map<ASN1ObjectIdentifier, Kind> kinds = new LinkedHashMap<>();
    kinds.put(
        Extension.basicConstraints, new Kind("basic constraints", ExtensionWords::constraints));
    kinds.put(Extension.keyUsage, new Kind("key usage", ExtensionWords::usage));
    kinds.put(Extension.extendedKeyUsage, new Kind("purposes", ExtensionWords::purposes));
    kinds.put(
        Extension.subjectAlternativeName, new Kind("alternative names", ExtensionWords::names));
    kinds.put(
        Extension.issuerAlternativeName, new Kind("issuer's other names", ExtensionWords::names));
    kinds.put(Extension.subjectKeyIdentifier, new Kind("key ID", ExtensionWords::keyId));
    kinds.put(
        Extension.authorityKeyIdentifier, new Kind("signer's key ID", ExtensionWords::signerKeyId));
    kinds.put(Extension.cRLDistributionPoints, new Kind("CRL at", ExtensionWords::crlPoints));
    kinds.put(Extension.authorityInfoAccess, new Kind("about the signer", ExtensionWords::access));
    kinds.put(Extension.certificatePolicies, new Kind("policies", ExtensionWords::policies));
    kinds.put(Extension.nameConstraints, new Kind("name constraints", ExtensionWords::subtrees));
    kinds.put(Extension.cRLNumber, new Kind("CRL number", ExtensionWords::number));
    kinds.put(Extension.reasonCode, new Kind("reason", v -> CRLReason.getInstance(v).toString()));
    kinds.put(MiscObjectIdentifiers.netscapeCertComment, new Kind("comment", ExtensionWords::text));
    kinds.put(
        new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"),
        new Kind("TLS feature", v -> "a server has to send its OCSP answer (must-staple)"));
    kinds.put(
        new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"),
        new Kind(
            "transparency",
            v ->
                "proofs that it stands in public logs, %d bytes"
                    .formatted(ASN1OctetString.getInstance(v).getOctetsLength())));
    return kinds;
  }

  private static Map<Integer, String> usages() {
    Map<Integer, String> usages = new LinkedHashMap<>();
    usages.put(KeyUsage.digitalSignature, "digital signature");
    usages.put(KeyUsage.nonRepudiation, "non-repudiation");
    usages.put(KeyUsage.keyEncipherment, "key encipherment");
    usages.put(KeyUsage.dataEncipherment, "data encipherment");
    usages.put(KeyUsage.keyAgreement, "key agreement");
    usages.put(KeyUsage.keyCertSign, "signing certificates");
    usages.put(KeyUsage.cRLSign, "signing CRLs");
    usages.put(KeyUsage.encipherOnly, "encipher only");
    usages.put(KeyUsage.decipherOnly, "decipher only");
    return usages;
  }

  /** Adds all of them to a description. */
  static void describe(Extensions extensions, Description description) {
    if (extensions == null) {
      return;
    }
    List<Map<String, Object>> values = new ArrayList<>();
    ASN1ObjectIdentifier[] all = extensions.getExtensionOIDs();
    for (ASN1ObjectIdentifier oid : List.of(all).subList(0, Math.min(all.length, EXTENSIONS_MAX))) {
      Extension each = extensions.getExtension(oid);
      String name = KINDS.containsKey(oid) ? KINDS.get(oid).name : oid.getId();
      String words = words(each);
      description.extension(name, each.isCritical() ? "critical: " + words : words);
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("oid", oid.getId());
      value.put("name", name);
      value.put("critical", each.isCritical());
      value.put("words", words);
      values.add(value);
    }
    if (all.length > EXTENSIONS_MAX) {
      description.extension("more", "%d that are not shown".formatted(all.length - EXTENSIONS_MAX));
    }
    description.value("extensions", values);
  }

  private static String words(Extension extension) {
    Kind kind = KINDS.get(extension.getExtnId());
    if (kind == null) {
      return hex(extension);
    }
    try {
      return kind.words.apply(extension.getParsedValue());
    } catch (RuntimeException e) {
      return "damaged: " + hex(extension);
    }
  }

  private static String hex(Extension extension) {
    byte[] bytes = extension.getExtnValue().getOctets();
    int shown = Math.min(bytes.length, HEX_BYTES_MAX);
    return HexFormat.of().formatHex(bytes, 0, shown)
        + (shown < bytes.length ? "… (%d bytes)".formatted(bytes.length) : "");
  }

  private static String constraints(ASN1Encodable value) {
    BasicConstraints constraints = BasicConstraints.getInstance(value);
    String path =
        constraints.getPathLenConstraint() == null
            ? ""
            : ", with at most %s CAs below it".formatted(constraints.getPathLenConstraint());
    return (constraints.isCA() ? "a CA" : "no CA") + path;
  }

  private static String usage(ASN1Encodable value) {
    KeyUsage usage = KeyUsage.getInstance(value);
    String words =
        USAGES.entrySet().stream()
            .filter(each -> usage.hasUsages(each.getKey()))
            .map(Map.Entry::getValue)
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "nothing" : words;
  }

  private static String purposes(ASN1Encodable value) {
    return list(
        Stream.of(ExtendedKeyUsage.getInstance(value).getUsages())
            .map(each -> PURPOSES.getOrDefault(each, each.getId())));
  }

  private static String names(ASN1Encodable value) {
    return list(Stream.of(GeneralNames.getInstance(value).getNames()).map(NameWords::withKind));
  }

  /** Returns the first of many with commas between them, and how many more there are. */
  static String list(Stream<String> all) {
    return ListWords.first(LIST_MAX, all.toList());
  }

  private static String keyId(ASN1Encodable value) {
    return octets(SubjectKeyIdentifier.getInstance(value).getKeyIdentifier());
  }

  private static String signerKeyId(ASN1Encodable value) {
    AuthorityKeyIdentifier identifier = AuthorityKeyIdentifier.getInstance(value);
    byte[] key = identifier.getKeyIdentifierOctets();
    return key == null ? "by name and serial number" : octets(key);
  }

  private static String octets(byte[] bytes) {
    int shown = Math.min(bytes.length, HEX_BYTES_MAX);
    return COLONS.formatHex(bytes, 0, shown) + (shown < bytes.length ? "…" : "");
  }

  private static String crlPoints(ASN1Encodable value) {
    return list(
        Stream.of(CRLDistPoint.getInstance(value).getDistributionPoints())
            .map(DistributionPoint::getDistributionPoint)
            .filter(each -> each != null && each.getType() == DistributionPointName.FULL_NAME)
            .flatMap(each -> Stream.of(GeneralNames.getInstance(each.getName()).getNames()))
            .map(NameWords::bare));
  }

  private static String access(ASN1Encodable value) {
    return list(
        Stream.of(AuthorityInformationAccess.getInstance(value).getAccessDescriptions())
            .map(
                each -> "%s %s".formatted(method(each), NameWords.bare(each.getAccessLocation()))));
  }

  private static String method(AccessDescription description) {
    ASN1ObjectIdentifier method = description.getAccessMethod();
    return method.equals(AccessDescription.id_ad_ocsp)
        ? "OCSP"
        : method.equals(AccessDescription.id_ad_caIssuers) ? "certificate" : method.getId();
  }

  private static String policies(ASN1Encodable value) {
    return list(
        Stream.of(CertificatePolicies.getInstance(value).getPolicyInformation())
            .map(PolicyInformation::getPolicyIdentifier)
            .map(ExtensionWords::policy));
  }

  /** See the CA/Browser Forum's Baseline Requirements, section 7.1.6.1. */
  private static String policy(ASN1ObjectIdentifier oid) {
    return switch (oid.getId()) {
      case "2.5.29.32.0" -> "any";
      case "2.23.140.1.2.1" -> "domain validated";
      case "2.23.140.1.2.2" -> "organization validated";
      case "2.23.140.1.1" -> "extended validation";
      default -> oid.getId();
    };
  }

  private static String subtrees(ASN1Encodable value) {
    NameConstraints constraints = NameConstraints.getInstance(value);
    return Stream.of(
            subtrees("only ", constraints.getPermittedSubtrees()),
            subtrees("not ", constraints.getExcludedSubtrees()))
        .filter(each -> !each.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String subtrees(String word, GeneralSubtree[] subtrees) {
    return subtrees == null
        ? ""
        : word + list(Stream.of(subtrees).map(GeneralSubtree::getBase).map(NameWords::withKind));
  }

  private static String number(ASN1Encodable value) {
    return ASN1Integer.getInstance(value).getValue().toString();
  }

  private static String text(ASN1Encodable value) {
    return NameWords.bare(new GeneralName(GeneralName.dNSName, ((ASN1String) value).getString()));
  }
}
