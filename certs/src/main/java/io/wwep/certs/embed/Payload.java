package io.wwep.certs.embed;

import java.util.List;

/**
 * What gets onto a board.
 *
 * @param identifier what it is called in a source, an identifier of C
 * @param fileName what its file is called, without an end
 * @param application WICED's name of the application that it is for
 * @param about what it is, in a few words that are safe within a comment
 * @param key whether it is a private key
 * @param pem all of it as PEM, with LF
 * @param ders each certificate, or the key, in DER
 */
record Payload(
    String identifier,
    String fileName,
    String application,
    String about,
    boolean key,
    String pem,
    List<byte[]> ders) {

  List<String> pemLines() {
    return pem.lines().toList();
  }
}
