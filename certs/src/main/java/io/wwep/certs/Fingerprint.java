package io.wwep.certs;

import java.util.Locale;
import java.util.regex.Pattern;

/** SHA-256 fingerprints of certificates as people write them: 64 hex digits, with colons or not. */
public final class Fingerprint {

  /** One within another pattern, in any case. */
  static final String PATTERN = "(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}";

  private static final Pattern WHOLE = Pattern.compile(PATTERN);

  private Fingerprint() {}

  /** Whether a text is one. */
  public static boolean isOne(String text) {
    return WHOLE.matcher(text).matches();
  }

  /** Returns the one form that all ways to write it have in common: upper case, without colons. */
  public static String plain(String fingerprint) {
    return fingerprint.replace(":", "").toUpperCase(Locale.ROOT);
  }
}
