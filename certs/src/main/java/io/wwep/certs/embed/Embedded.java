package io.wwep.certs.embed;

import java.util.List;
import java.util.Map;

/**
 * A certificate or key for a firmware.
 *
 * @param main the file that holds it, also the name of the first of {@code files}
 * @param files texts by the name of their file: the one with the certificate or key first, then
 *     code that uses it
 * @param secret whether there is a private key in the first one
 * @param steps what to do with it, in lines for people
 * @param notes what to be aware of, a sentence each
 */
public record Embedded(
    String main,
    Map<String, String> files,
    boolean secret,
    List<String> steps,
    List<String> notes) {

  /** Names the files, and shows none. */
  @Override
  public String toString() {
    return "Embedded%s".formatted(files.keySet());
  }
}
