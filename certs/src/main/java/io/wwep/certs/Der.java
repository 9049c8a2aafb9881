package io.wwep.certs;

import io.wwep.certs.Pem.Kind;
import java.nio.file.Path;

/** Tells the binary files that are given where PEM is expected, by their first bytes. */
final class Der {

  private static final int INTEGER = 0x02;
  private static final int PKCS12_VERSION = 3;

  private Der() {}

  /** Returns the command that makes PEM of this DER. */
  static String conversion(byte[] der, Kind expected, Path file) {
    String made = expected == Kind.KEY ? "converted.key.pem" : "converted.pem";
    return firstInteger(der) == PKCS12_VERSION
        ? "it looks like PKCS#12; convert it with 'wwep cert convert %s %s --password-file FILE', whose first line is the password"
            .formatted(file, made)
        : "convert it with 'wwep cert convert %s %s'".formatted(file, made);
  }

  /** Returns the value of a one-byte integer that the outer sequence begins with, or -1. */
  private static int firstInteger(byte[] der) {
    int content = contentOffset(der);
    boolean integer =
        content > 0 && content + 2 < der.length && der[content] == INTEGER && der[content + 1] == 1;
    return integer ? der[content + 2] : -1;
  }

  private static int contentOffset(byte[] der) {
    if (der.length < 2) {
      return -1;
    }
    int length = der[1] & 0xFF;
    return length < 0x80 ? 2 : 2 + (length & 0x7F);
  }
}
