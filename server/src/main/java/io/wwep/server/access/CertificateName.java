package io.wwep.server.access;

import io.wwep.certs.ClientCertificate;
import io.wwep.certs.Fingerprint;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which certificates a grant is for. Immutable; equal by content. */
public final class CertificateName {

  private static final String ANY = "*";

  private static final Pattern DEVICES =
      Pattern.compile("(H{4})(?:-(H{4}))?".replace("H", "[0-9A-Fa-f]"));

  private static final int HEX = 16;

  private final String text;
  private final boolean fingerprint;

  /** The range of device IDs, or from 1 to 0 where it is none. */
  private final int deviceFrom;

  private final int deviceTo;

  private CertificateName(String text, boolean fingerprint, int deviceFrom, int deviceTo) {
    this.text = text;
    this.fingerprint = fingerprint;
    this.deviceFrom = deviceFrom;
    this.deviceTo = deviceTo;
  }

  /**
   * Reads one: {@code *} for any, a device ID or a range of them, the SHA-256 fingerprint of one,
   * or the common name of its subject.
   *
   * @throws IllegalArgumentException when it is empty, or a range runs backwards
   */
  public static CertificateName parse(String typed) {
    String text = typed.strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "takes the name in a certificate, as in \"0FAC\", \"0001-001E\" or \"*\", not \"\"");
    }
    if (Fingerprint.isOne(text)) {
      return new CertificateName(Fingerprint.plain(text), true, 1, 0);
    }
    Matcher devices = DEVICES.matcher(text);
    if (!devices.matches()) {
      return new CertificateName(text, false, 1, 0);
    }
    int from = Integer.parseInt(devices.group(1), HEX);
    int to = devices.group(2) == null ? from : Integer.parseInt(devices.group(2), HEX);
    if (to < from) {
      throw new IllegalArgumentException(
          "range of devices runs from the smaller to the larger, not %s".formatted(text));
    }
    return new CertificateName(text, false, from, to);
  }

  /** Whether a client has such a certificate; null has none. */
  boolean fits(ClientCertificate client) {
    if (client == null) {
      return false;
    }
    if (fingerprint) {
      return Fingerprint.plain(client.fingerprint()).equals(text);
    }
    int device = client.device().orElse(-1);
    return text.equals(ANY)
        || (device >= deviceFrom && device <= deviceTo)
        || (!isRange() && client.commonName().equals(text));
  }

  private boolean isRange() {
    return deviceFrom < deviceTo;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CertificateName name && name.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
