package io.wwep.console.http;

import io.wwep.certs.FileMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A file with one secret in each line, as in {@code editor: correct horse}; lines that begin with
 * {@code #} are comments.
 */
final class SecretFile {

  private static final int BYTES_MAX = 64 * 1024;
  private static final int SECRETS_MAX = 256;
  private static final int LENGTH_MAX = 1_024;

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private final Kind kind;

  /** What the secrets are for. */
  enum Kind {
    /** A person types it. */
    PASSWORD(8),
    /** A program sends it. */
    TOKEN(20);

    private final int lengthMin;

    Kind(int lengthMin) {
      this.lengthMin = lengthMin;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One secret. */
  record Line(Role role, String secret) {}

  private SecretFile(Path path, Kind kind) {
    this.path = path;
    this.kind = kind;
  }

  /**
   * Reads one.
   *
   * @throws CredentialsException when it cannot be read, others may read it, or a line is wrong
   */
  static List<Line> read(Path path, Kind kind) {
    SecretFile file = new SecretFile(path, kind);
    try {
      return file.lines(file.text());
    } catch (NoSuchFileException e) {
      throw new CredentialsException(
          "there is no %s file %s: make it, with lines as in editor: SECRET"
              .formatted(kind.word(), path),
          e);
    } catch (CharacterCodingException e) {
      throw new CredentialsException(
          "%s is no text in UTF-8: give a file with lines as in editor: SECRET".formatted(path), e);
    } catch (IOException e) {
      throw new CredentialsException(
          "%s cannot be read (%s): give a file that this user may read"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private String text() throws IOException {
    if (Files.isDirectory(path)) {
      throw new CredentialsException(
          "%s is a directory: give a file with lines as in editor: SECRET".formatted(path));
    }
    requirePrivate();
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(path)) {
      bytes = stream.readNBytes(BYTES_MAX + 1);
    }
    if (bytes.length > BYTES_MAX) {
      throw new CredentialsException(
          "%s is larger than %d KiB, which no %s file is: check the path"
              .formatted(path, BYTES_MAX / 1024, kind.word()));
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** Systems without POSIX permissions have rules of their own, which a directory passes on. */
  private void requirePrivate() throws IOException {
    if (!FileMode.isKnownAt(path) || !Files.isRegularFile(path)) {
      return;
    }
    Set<PosixFilePermission> open = new HashSet<>(Files.getPosixFilePermissions(path));
    open.retainAll(OTHERS);
    if (!open.isEmpty()) {
      throw new CredentialsException(
          "others than its owner may read or change %s: run chmod 600 %s, and choose other secrets if somebody has read it"
              .formatted(path, path));
    }
  }

  private List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String each : text.lines().toList()) {
      number++;
      if (!each.isBlank() && !each.startsWith("#")) {
        lines.add(line(each, number));
      }
    }
    if (lines.isEmpty() || lines.size() > SECRETS_MAX) {
      throw new CredentialsException(
          "%s has %d secrets, and must have 1 to %d: write one in each line, as in editor: SECRET"
              .formatted(path, lines.size(), SECRETS_MAX));
    }
    return lines;
  }

  private Line line(String text, int number) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? "" : text.substring(0, colon).strip();
    String secret = text.substring(colon + 1).strip();
    for (Role role : Role.values()) {
      if (role.word().equals(word)) {
        return new Line(role, requireLength(secret, number));
      }
    }
    // The line is not shown: it may be a secret.
    throw bad(
        number, "does not begin with viewer:, sender: or editor: (the secret goes behind it)");
  }

  private String requireLength(String secret, int number) {
    if (secret.length() < kind.lengthMin || secret.length() > LENGTH_MAX) {
      throw bad(
          number,
          "has a %s of %d characters: take %d to %d"
              .formatted(kind.word(), secret.length(), kind.lengthMin, LENGTH_MAX));
    }
    return secret;
  }

  private CredentialsException bad(int number, String words) {
    return new CredentialsException("%s: line %d %s".formatted(path, number, words));
  }
}
