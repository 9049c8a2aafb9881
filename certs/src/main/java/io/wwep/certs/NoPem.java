package io.wwep.certs;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says of a text in which no parser finds PEM what it is, or what became of the PEM in it. */
public final class NoPem {

  /** Of a BEGIN that is none, since its dashes are too few or its line has more. */
  private static final Pattern BEGIN =
      Pattern.compile("BEGIN (?:[A-Z0-9]{1,20} ){0,3}(?:CERTIFICATE|KEY|CRL|REQUEST|PKCS7|CMS)");

  private static final String DASHES = "-----";

  private NoPem() {}

  /**
   * Returns why a text has no PEM.
   *
   * @param name what sentences call the file
   */
  public static String sentence(String name, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String start = text.substring(0, Math.min(text.length(), 20));
    return brokenBegin(name, text)
        .orElse(
            start.startsWith("ssh-") || start.startsWith("ecdsa-")
                ? "%s is a public key of SSH, which TLS does not use: give a certificate or a key of TLS"
                    .formatted(name)
                : "%s is neither PEM nor DER, so it holds no certificate and no key: give a file that has a line -----BEGIN CERTIFICATE-----, or a binary one (.der, .p12, .p7b)"
                    .formatted(name));
  }

  /** Returns what is wrong with the BEGIN of a text in which no parser finds PEM, if it has one. */
  static Optional<String> brokenBegin(String name, String text) {
    Matcher begin = BEGIN.matcher(text);
    if (!begin.find()) {
      return Optional.empty();
    }
    boolean dashes =
        text.startsWith(DASHES, begin.start() - DASHES.length())
            && text.startsWith(DASHES, begin.end());
    String sentence =
        dashes
            ? "%s has its BEGIN on a line with other text, as where lines were joined: copy it again, with BEGIN, END and the base64 between them on lines of their own"
            : "%s has a BEGIN without five dashes on both sides: write -----BEGIN and ----- at its ends, and the END line alike";
    return Optional.of(sentence.formatted(name));
  }
}
