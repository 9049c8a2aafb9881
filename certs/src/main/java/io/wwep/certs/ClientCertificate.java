package io.wwep.certs;

import io.wwep.certs.Pem.Kind;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * A certificate with which a client proves who it is: {@link ClientTrust} accepts it, and TLS sees
 * that the client has its key. Immutable; equality goes by content.
 */
public final class ClientCertificate {

  private static final Pattern DEVICE_ID = Pattern.compile("[0-9A-Fa-f]{4}");
  private static final int HEX = 16;

  private final List<X509Certificate> chain;
  private final String fingerprint;
  private final String commonName;

  private final Instant end;
  private final ClientTrust acceptedBy;

  private ClientCertificate(
      List<X509Certificate> chain,
      String fingerprint,
      String commonName,
      Instant end,
      ClientTrust acceptedBy) {
    this.chain = List.copyOf(chain);
    this.fingerprint = fingerprint;
    this.commonName = commonName;
    this.end = end;
    this.acceptedBy = acceptedBy;
  }

  /**
   * @param chain as the client sent it, its own certificate first
   * @param end when it, or one that signed it, does not hold any more
   * @param acceptedBy null where nobody has
   */
  static ClientCertificate of(List<X509Certificate> chain, Instant end, ClientTrust acceptedBy) {
    X509Certificate own = chain.get(0);
    return new ClientCertificate(
        chain,
        CertificateWords.of(own).fingerprint(),
        commonName(own.getSubjectX500Principal()),
        end,
        acceptedBy);
  }

  /**
   * Returns one that nobody has shown, to ask what somebody could do.
   *
   * @param name the common name, or the SHA-256 fingerprint
   */
  public static ClientCertificate supposed(String name) {
    return Fingerprint.isOne(name)
        ? new ClientCertificate(List.of(), name.toUpperCase(Locale.ROOT), "", Instant.MAX, null)
        : new ClientCertificate(List.of(), "", name, Instant.MAX, null);
  }

  /**
   * Returns one that nobody has shown, to ask what who has it could do.
   *
   * @param file PEM; 1 MiB at most
   * @throws IdentityException when there is no certificate in it
   */
  public static ClientCertificate read(Path file) {
    return of(PemIdentity.chain(file, Pem.read(file, Kind.CERTIFICATE)), Instant.MAX, null);
  }

  /**
   * Returns the common name in a distinguished name; empty where there is none, more than one, or
   * what cannot be read, so that nobody is taken for two.
   */
  static String commonName(X500Principal principal) {
    try {
      List<String> names =
          Arrays.stream(X500Name.getInstance(principal.getEncoded()).getRDNs())
              .flatMap(each -> Arrays.stream(each.getTypesAndValues()))
              .filter(each -> each.getType().equals(BCStyle.CN))
              .map(each -> each.getValue() instanceof ASN1String text ? text.getString() : "")
              .toList();
      return names.size() == 1 ? names.get(0) : "";
    } catch (RuntimeException unreadable) { // Bouncy Castle says so with several
      return "";
    }
  }

  /** Returns what the client sent, its own certificate first; empty where it is only supposed. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** Returns the SHA-256 of the certificate, as {@link Identity#fingerprint} writes it. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Whether it was this very trust that has accepted it. */
  @SuppressWarnings("ReferenceEquality") // Another one may be of other files.
  public boolean isAcceptedBy(ClientTrust trust) {
    return acceptedBy == trust;
  }

  /** Returns the last moment at which it, and all that signed it, hold. */
  public Instant end() {
    return end;
  }

  /** Returns the common name of its subject; empty where there is none. */
  public String commonName() {
    return commonName;
  }

  /** Returns the device that it is about, 0 to 65535: its common name, where that is an ID. */
  public OptionalInt device() {
    return DEVICE_ID.matcher(commonName).matches()
        ? OptionalInt.of(Integer.parseInt(commonName, HEX))
        : OptionalInt.empty();
  }

  /** Returns whose it is, for people: {@code device 0FAC}, or its name in quotes. */
  public String holder() {
    return device().isPresent()
        ? "device %04X".formatted(device().getAsInt())
        : commonName.isEmpty() ? "the holder of " + fingerprint : "'" + commonName + "'";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientCertificate client
        && client.chain.equals(chain)
        && client.commonName.equals(commonName);
  }

  @Override
  public int hashCode() {
    return 31 * chain.hashCode() + commonName.hashCode();
  }

  @Override
  public String toString() {
    return "ClientCertificate[%s, SHA-256 %s]".formatted(holder(), fingerprint);
  }
}
