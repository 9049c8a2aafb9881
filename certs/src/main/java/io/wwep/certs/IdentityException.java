package io.wwep.certs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An identity cannot be made, read or written. The message is one sentence that names the file, the
 * cause and the cure; it is meant to be shown to a person as it is.
 */
public class IdentityException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what leads to it: a space or a colon, and whether it is called a class. */
  private static final Pattern CLASS_NAME =
      Pattern.compile("(:? ?\\bclass)?:? ?\\b(?:javax?|org|sun)(?:\\.\\w++)++(?:\\$\\w++)*+");

  /** Behind the last of these is what the inner one says, where one is told with another. */
  private static final Pattern EXCEPTION = Pattern.compile("Exception ?: ");

  /** Libraries quote what they read, however long it is. */
  private static final int LENGTH_MAX = 300;

  /** Takes a sentence that ends with what to do. */
  public IdentityException(String message) {
    super(message);
  }

  /** Takes a sentence that ends with what to do, and what led to it. */
  public IdentityException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns what a file system says, without the file's name, which the sentence has already. */
  public static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    return cause instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : String.valueOf(cause.getMessage());
  }

  /** Returns what a library says, without the names of classes in it, which help nobody. */
  public static String words(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    String beginning = message.substring(0, Math.min(LENGTH_MAX, message.length()));
    int from = 0;
    for (Matcher exception = EXCEPTION.matcher(beginning); exception.find(); ) {
      from = exception.end();
    }
    String words = beginning.substring(from);
    String plain = CLASS_NAME.matcher(words).replaceAll("").strip();
    return plain.isEmpty() || plain.equals("null") ? "no reason was given" : plain;
  }
}
