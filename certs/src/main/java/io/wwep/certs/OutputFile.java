package io.wwep.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes a file of keys or certificates that is there whole or not at all. */
public final class OutputFile {

  private static final String OLD = ".old";

  private OutputFile() {}

  /**
   * Makes sure that a file may be written.
   *
   * @throws UnwritableException when it is there, unless it may be replaced; or is no file
   */
  public static void prepare(Path file, boolean replace) {
    requireFileOrNothing(file);
    if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnwritableException(
          "%s is there already: choose another name, or add --force to replace it, which keeps it with .old at its name's end"
              .formatted(file));
    }
  }

  /**
   * A pipe would be read for ever to keep what is in it, and a device would be gone.
   *
   * @throws UnwritableException when something is there, or where a link leads, that is no file
   */
  static void requireFileOrNothing(Path file) {
    if (Files.isDirectory(file)) {
      throw new UnwritableException(
          "%s is a directory: choose another name, as that of a file in it".formatted(file));
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UnwritableException(
          "%s is a device or a pipe, which no file takes the place of: choose another name"
              .formatted(file));
    }
  }

  /** Whether a file is there and holds exactly this, so that nothing is to be written. */
  public static boolean isThere(Path file, byte[] content) {
    try {
      return Files.isRegularFile(file)
          && Files.size(file) == content.length
          && Arrays.equals(Files.readAllBytes(file), content);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Writes a file in a directory that is there. One that is replaced is kept with {@code .old} at
   * its name's end, or a number where that is taken: a key is not got back from anywhere.
   *
   * @param secret whether the user alone may read it, from its first moment
   * @throws UnwritableException when it is there, unless it may be replaced; or cannot be written
   */
  public static void write(Path file, byte[] content, boolean secret, boolean replace) {
    prepare(file, replace);
    Path staged =
        secret
            ? PrivateDirectory.stageKey(file, content)
            : PrivateDirectory.stageCertificate(file, content);
    try {
      if (replace) {
        keepOld(file);
        PrivateDirectory.replace(staged, file);
      } else {
        PrivateDirectory.publishNew(staged, file);
      }
    } finally {
      discard(staged);
    }
  }

  private static void keepOld(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    Path old = file.resolveSibling(file.getFileName() + OLD);
    for (int i = 2; Files.exists(old, LinkOption.NOFOLLOW_LINKS); i++) {
      old = file.resolveSibling(file.getFileName() + OLD + i);
    }
    try {
      PrivateDirectory.copyNew(file, old);
    } catch (IOException e) {
      throw PrivateDirectory.unwritable(file.toAbsolutePath().getParent(), e);
    }
  }

  private static void discard(Path staged) {
    try {
      Files.deleteIfExists(staged);
    } catch (IOException e) {
      throw PrivateDirectory.unwritable(staged.getParent(), e);
    }
  }
}
