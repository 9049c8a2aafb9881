package io.wwep.certs.file;

import io.wwep.certs.IdentityException;
import io.wwep.certs.InputFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What opens a file that is protected, if there is anything. Never printed. Immutable. */
public final class Password {

  /** Nothing was given. */
  public static final Password NONE = new Password(null);

  private static final int LENGTH_MAX = 1024;

  private final String text;

  private Password(String text) {
    this.text = text;
  }

  /** Returns one of this text, which may be empty. */
  public static Password of(String text) {
    return new Password(text);
  }

  /**
   * Returns the first line of a file, in UTF-8; that of an empty file is an empty password.
   *
   * @throws IdentityException when it cannot be read, is no UTF-8, or its line is too long
   */
  public static Password read(Path file) {
    String name = "password file " + file;
    byte[] bytes = InputFile.read(file, name);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // Editors on Windows put a byte order mark first, which nobody has typed.
      String line = text.lines().findFirst().orElse("").replace("\uFEFF", "");
      if (line.length() > LENGTH_MAX) {
        throw new IdentityException(
            "%s has a first line of more than %d characters: put the password there and nothing else"
                .formatted(name, LENGTH_MAX));
      }
      return new Password(line);
    } catch (CharacterCodingException e) {
      throw new IdentityException("%s is not UTF-8: save it as that".formatted(name), e);
    }
  }

  /** Whether one was given. */
  public boolean isGiven() {
    return text != null;
  }

  /** Returns its characters; none where none was given. */
  char[] characters() {
    return text == null ? new char[0] : text.toCharArray();
  }

  /** Returns whether there is one, and never the text. */
  @Override
  public String toString() {
    return isGiven() ? "Password[given]" : "Password[none]";
  }
}
