package io.wwep.certs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.GeneralName;

/** Names within certificates as people write them. */
public final class NameWords {

  /** No line of a terminal shows more, and a hostile name has a megabyte. */
  private static final int LENGTH_MAX = 200;

  private static final String DAMAGED = "a damaged name";

  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private NameWords() {}

  /** Returns a name with its most special part first, as in {@code CN=0FAC,O=WWEP} (RFC 4514). */
  public static String of(X500Name name) {
    List<RDN> parts = new ArrayList<>(Arrays.asList(name.getRDNs()));
    Collections.reverse(parts);
    String words = parts.stream().map(NameWords::part).collect(Collectors.joining(","));
    return cut(words);
  }

  private static String part(RDN part) {
    return Stream.of(part.getTypesAndValues())
        .map(NameWords::typeAndValue)
        .collect(Collectors.joining("+"));
  }

  private static String typeAndValue(AttributeTypeAndValue each) {
    String known = BCStyle.INSTANCE.oidToDisplayName(each.getType());
    return "%s=%s"
        .formatted(known == null ? each.getType().getId() : known, escaped(each.getValue()));
  }

  /**
   * Returns the common name; where there is none, the unit or the organisation; else all that there
   * is.
   */
  public static String shortName(X500Name name) {
    String all = of(name);
    return Stream.of(BCStyle.CN, BCStyle.OU, BCStyle.O)
        .flatMap(kind -> last(name, kind).stream())
        .filter(text -> !text.isBlank())
        .findFirst()
        .orElse(all.isEmpty() ? "a certificate without a name" : all);
  }

  /** Returns the same of a name that Java has read, which takes more than Bouncy Castle does. */
  static String shortName(X500Principal principal) {
    try {
      return shortName(X500Name.getInstance(principal.getEncoded()));
    } catch (RuntimeException damaged) {
      return DAMAGED;
    }
  }

  /** Returns the last common name, if there is one. */
  static Optional<String> commonName(X500Name name) {
    return last(name, BCStyle.CN);
  }

  private static Optional<String> last(X500Name name, ASN1ObjectIdentifier kind) {
    RDN[] found = name.getRDNs(kind);
    return found.length == 0
        ? Optional.empty()
        : Stream.of(found[found.length - 1].getTypesAndValues())
            .filter(each -> each.getType().equals(kind))
            .map(each -> text(each.getValue()))
            .findFirst();
  }

  /** Returns a value as it stands there, with nothing in it escaped. */
  static String text(ASN1Encodable value) {
    try {
      return cut(value instanceof ASN1String string ? string.getString() : escaped(value));
    } catch (RuntimeException noText) {
      return DAMAGED; // Bytes that are no UTF-8.
    }
  }

  private static String escaped(ASN1Encodable value) {
    try {
      return IETFUtils.valueToString(value);
    } catch (RuntimeException noText) {
      return DAMAGED;
    }
  }

  /**
   * Returns what is the same for two names that mean one: letters in any case, written in any of
   * the kinds of strings. A damaged one is the same as itself alone.
   */
  public static String canonical(X500Name name) {
    try {
      return BCStyle.INSTANCE.toString(name).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    } catch (RuntimeException damaged) {
      try {
        return HexFormat.of().formatHex(name.getEncoded());
      } catch (IOException e) {
        throw new IllegalStateException("it was read from DER", e);
      }
    }
  }

  /** Returns a host name or an address by itself, anything else with its kind in front. */
  public static String bare(GeneralName name) {
    try {
      return sound(name);
    } catch (RuntimeException damaged) {
      return DAMAGED;
    }
  }

  private static String sound(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.dNSName -> text(name.getName());
      case GeneralName.iPAddress -> address(name);
      case GeneralName.rfc822Name -> "email " + text(name.getName());
      case GeneralName.uniformResourceIdentifier -> "URI " + text(name.getName());
      case GeneralName.directoryName -> "name " + of(X500Name.getInstance(name.getName()));
      case GeneralName.registeredID -> "OID " + name.getName();
      default -> "a name of another kind";
    };
  }

  /** Returns a name with its kind in front, as in {@code DNS wwep.lab} and {@code IP 10.0.0.1}. */
  public static String withKind(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.dNSName -> "DNS " + bare(name);
      case GeneralName.iPAddress -> "IP " + bare(name);
      default -> bare(name);
    };
  }

  /** An address with a mask, as in name constraints, is twice as long. */
  private static String address(GeneralName name) {
    byte[] bytes = ASN1OctetString.getInstance(name.getName()).getOctets();
    try {
      if (bytes.length == IPV4_BYTES || bytes.length == IPV6_BYTES) {
        return ServerName.of(InetAddress.getByAddress(bytes).getHostAddress()).text();
      }
      if (bytes.length == 2 * IPV4_BYTES || bytes.length == 2 * IPV6_BYTES) {
        int half = bytes.length / 2;
        return "%s mask %s"
            .formatted(
                InetAddress.getByAddress(Arrays.copyOf(bytes, half)).getHostAddress(),
                InetAddress.getByAddress(Arrays.copyOfRange(bytes, half, bytes.length))
                    .getHostAddress());
      }
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
    return "of %d bytes %s"
        .formatted(
            bytes.length,
            HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 2 * IPV6_BYTES)));
  }

  private static String cut(String text) {
    return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "…";
  }
}
