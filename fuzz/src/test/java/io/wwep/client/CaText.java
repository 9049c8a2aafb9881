package io.wwep.client;

import java.nio.file.Path;

/**
 * The file of CAs that a client trusts.
 *
 * <p>In the client's package because {@link Trust#caFile} makes a TLS context of it too, which
 * takes a thousand times as long.
 */
public final class CaText {

  private CaText() {}

  /** Returns what is wrong with the file; null when nothing is. */
  public static String problem(Path file) {
    try {
      new PemFile(file, PemFile.Kind.CA).certificates();
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
