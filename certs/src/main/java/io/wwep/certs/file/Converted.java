package io.wwep.certs.file;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What came out of a conversion.
 *
 * @param bytes what to write
 * @param secret whether there is a private key in it
 * @param what what was written, in a few words
 * @param notes what was left out or lost, a sentence each
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, and compared with nothing.
public record Converted(byte[] bytes, boolean secret, String what, List<String> notes) {

  /** Returns what to write as a text, for forms that are PEM. */
  public String text() {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** Tells what it is, and shows none of it. */
  @Override
  public String toString() {
    return "Converted[%s]".formatted(what);
  }
}
