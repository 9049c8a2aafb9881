package io.wwep.certs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** PEM text: blocks of base64 between BEGIN and END lines. */
final class Pem {

  /** A chain of ten large certificates with comments stays far below. */
  static final int FILE_BYTES_MAX = 1 << 20;

  private Pem() {}

  /** What a file is expected to hold. */
  enum Kind {
    CERTIFICATE("certificate"),
    KEY("key"),
    REVOCATIONS("revocation");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * Returns the blocks of a file: at least one.
   *
   * @throws IdentityException when there is none, with the reason and the cure
   */
  static List<PemObject> read(Path file, Kind kind) {
    byte[] bytes = bytes(file, kind);
    requireText(file, kind, bytes);
    List<PemObject> blocks = blocks(file, kind, new String(bytes, StandardCharsets.ISO_8859_1));
    if (blocks.isEmpty()) {
      throw new IdentityException(
          ("%s file %s holds no PEM: give it the text file that has a line" + " -----BEGIN %s-----")
              .formatted(kind.words(), file, kind == Kind.KEY ? "PRIVATE KEY" : "CERTIFICATE"));
    }
    for (PemObject each : blocks) {
      if (each.getContent().length == 0) {
        throw damaged(file, kind, "nothing stands between BEGIN and END " + each.getType(), null);
      }
    }
    return blocks;
  }

  /**
   * Returns what a file holds, whatever it is: {@link #FILE_BYTES_MAX} bytes at most.
   *
   * @throws IdentityException when it cannot be read, or is larger
   */
  static byte[] bytes(Path file, Kind kind) {
    if (Files.isDirectory(file)) {
      throw new IdentityException(
          "%s file %s is a directory: give the PEM file in it".formatted(kind.words(), file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      if (bytes.length > FILE_BYTES_MAX) {
        throw new IdentityException(
            "%s file %s is larger than %d bytes: is it the right file?"
                .formatted(kind.words(), file, FILE_BYTES_MAX));
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new IdentityException(
          "%s file %s does not exist: check the path".formatted(kind.words(), file), e);
    } catch (AccessDeniedException e) {
      throw new IdentityException(
          "%s file %s may not be read by this user: give the user %s the right to read it"
              .formatted(kind.words(), file, System.getProperty("user.name")),
          e);
    } catch (IOException e) {
      throw new IdentityException(
          "%s file %s cannot be read (%s): check the disk and the path"
              .formatted(kind.words(), file, IdentityException.reason(e)),
          e);
    }
  }

  private static void requireText(Path file, Kind kind, byte[] bytes) {
    if (bytes.length == 0) {
      throw new IdentityException(
          "%s file %s is empty: put the PEM text into it".formatted(kind.words(), file));
    }
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      throw new IdentityException(
          "%s file %s is saved as UTF-16: save it as ASCII or UTF-8".formatted(kind.words(), file));
    }
    if (startsWith(bytes, 0x30)) {
      throw new IdentityException(
          "%s file %s is binary, not PEM: %s"
              .formatted(kind.words(), file, Der.conversion(bytes, kind, file)));
    }
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i == bytes.length || (bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static List<PemObject> blocks(Path file, Kind kind, String text) {
    // Editors on Windows put a byte order mark first, which would hide the first BEGIN.
    int begin = Math.max(text.indexOf("-----BEGIN "), 0);
    List<PemObject> blocks = new ArrayList<>();
    try (PemReader reader =
        new PemReader(new BufferedReader(new StringReader(text.substring(begin))))) {
      for (PemObject each = reader.readPemObject(); each != null; each = reader.readPemObject()) {
        blocks.add(each);
      }
      return blocks;
    } catch (IOException | RuntimeException e) {
      throw damaged(file, kind, IdentityException.words(e), e);
    }
  }

  private static IdentityException damaged(Path file, Kind kind, String how, Exception cause) {
    return new IdentityException(
        "%s file %s holds damaged PEM (%s): copy it again, whole lines from BEGIN to END"
            .formatted(kind.words(), file, how),
        cause);
  }

  /** Returns one block, lines of 64 characters, LF at the end of each on every system. */
  static String write(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
  }
}
