package io.wwep.certs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file of keys or certificates as a whole, up to a bound. */
public final class InputFile {

  /** A chain of ten large certificates with comments stays far below, and so do a system's CAs. */
  public static final int BYTES_MAX = 1 << 20;

  private InputFile() {}

  /**
   * Returns what a file holds.
   *
   * @param name what sentences call it, as in {@code certificate file a.pem}
   * @throws IdentityException when it cannot be read, or is larger than {@link #BYTES_MAX}
   */
  public static byte[] read(Path file, String name) {
    if (Files.isDirectory(file)) {
      throw new IdentityException("%s is a directory: give a file in it".formatted(name));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return bounded(in, name);
    } catch (NoSuchFileException e) {
      throw new IdentityException("%s does not exist: check the path".formatted(name), e);
    } catch (AccessDeniedException e) {
      throw new IdentityException(
          "%s may not be read by this user: give the user %s the right to read it"
              .formatted(name, System.getProperty("user.name")),
          e);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Returns what a stream holds until its end.
   *
   * @throws IdentityException as for a file
   */
  public static byte[] read(InputStream in, String name) {
    try {
      return bounded(in, name);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static byte[] bounded(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(BYTES_MAX + 1);
    if (bytes.length > BYTES_MAX) {
      throw new IdentityException(
          "%s is larger than %d bytes: is it the right file?".formatted(name, BYTES_MAX));
    }
    return bytes;
  }

  private static IdentityException unreadable(String name, IOException cause) {
    return new IdentityException(
        "%s cannot be read (%s): check the disk and the path"
            .formatted(name, IdentityException.reason(cause)),
        cause);
  }
}
