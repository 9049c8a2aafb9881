package io.wwep.certs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** PEM text: blocks of base64 between BEGIN and END lines. */
public final class Pem {

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
    byte[] bytes = InputFile.read(file, "%s file %s".formatted(kind.words(), file));
    requireText(file, kind, bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<PemObject> blocks = blocks(file, kind, text);
    if (blocks.isEmpty()) {
      throw noBlock("%s file %s".formatted(kind.words(), file), kind, text);
    }
    for (PemObject each : blocks) {
      if (each.getContent().length == 0) {
        throw damaged(file, kind, "nothing stands between BEGIN and END " + each.getType(), null);
      }
    }
    return blocks;
  }

  private static IdentityException noBlock(String name, Kind kind, String text) {
    return new IdentityException(
        NoPem.brokenBegin(name, text)
            .orElseGet(
                () ->
                    "%s holds no PEM: give it the text file that has a line -----BEGIN %s-----"
                        .formatted(name, kind == Kind.KEY ? "PRIVATE KEY" : "CERTIFICATE")));
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

  /** Whether the first bytes are these, each 0 to 255. */
  public static boolean startsWith(byte[] bytes, int... start) {
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
  public static String write(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
  }
}
