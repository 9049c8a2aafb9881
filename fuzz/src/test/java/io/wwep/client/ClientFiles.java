package io.wwep.client;

import java.nio.file.Path;
import java.security.PublicKey;

/**
 * The files that a client is given: CAs that it trusts, and its own certificate and key.
 *
 * <p>In the client's package because {@link Trust#caFile} makes a TLS context of it too, which
 * takes a thousand times as long, and because a key is looked at last.
 */
public final class ClientFiles {

  private ClientFiles() {}

  /** Returns what is wrong with a file of CAs; null when nothing is. */
  public static String authorityProblem(Path file) {
    return problem(() -> new PemFile(file, PemFile.Kind.CA).certificates());
  }

  /** Returns what is wrong with a client's own files; null when nothing is. */
  public static String pairProblem(Path certificate, Path key) {
    return problem(() -> ClientIdentity.read(certificate, key));
  }

  /** Returns what is wrong with a key, whoever's certificate is in the other file. */
  public static String keyProblem(Path certificate, Path key) {
    return problem(
        () -> {
          PemFile file = new PemFile(certificate, PemFile.Kind.CERTIFICATE);
          PublicKey certified = file.certificates().get(0).getPublicKey();
          KeyFile.read(key, certified);
        });
  }

  private static String problem(Runnable reading) {
    try {
      reading.run();
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
