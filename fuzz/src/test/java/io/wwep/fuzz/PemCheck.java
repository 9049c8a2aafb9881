package io.wwep.fuzz;

import io.wwep.certs.Identities;
import io.wwep.certs.IdentityException;
import io.wwep.certs.ServerIdentity;
import io.wwep.client.ClientFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;

/** Has a server and a client read what is in two files. */
final class PemCheck {

  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);
  private static final Path GOOD_CERTIFICATE = good("good.pem");

  private PemCheck() {}

  /** Returns a file with one of the resources of this package. */
  static Path good(String name) {
    try (InputStream in = PemCheck.class.getResourceAsStream(name)) {
      return Scratch.file(name, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path goodCertificate() {
    return GOOD_CERTIFICATE;
  }

  static byte[] block(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, body, type)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * @param input what is in the file that is no good one
   * @throws AssertionError when something is wrong, and no sentence says what
   */
  static void check(Path certificate, Path key, byte[] input) {
    try {
      ServerIdentity identity = Identities.readServerIdentity(certificate, key, CLOCK);
      identity.problems().forEach(problem -> Sentences.require(problem, input));
      if (identity.all().toString().contains("PrivateKey")) {
        throw new AssertionError("a key is shown: " + identity.all());
      }
    } catch (IdentityException e) {
      Sentences.require(e.getMessage(), input);
    }
    requireSentence(ClientFiles.authorityProblem(certificate), input);
    requireSentence(ClientFiles.pairProblem(certificate, key), input);
    requireSentence(ClientFiles.keyProblem(certificate, key), input);
  }

  private static void requireSentence(String problem, byte[] input) {
    if (problem != null) {
      Sentences.require(problem, input);
    }
  }
}
