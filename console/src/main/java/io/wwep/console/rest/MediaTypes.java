package io.wwep.console.rest;

import java.util.List;
import java.util.Locale;

/** Media types as RFC 9110 has them in headers. */
final class MediaTypes {

  private static final int RANGES_MAX = 64;

  private MediaTypes() {}

  /** Whether a content type is JSON in UTF-8. */
  static boolean isJson(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", 2);
    return parts[0].strip().equals(Endpoint.JSON)
        && (parts.length == 1
            || parts[1].replace("\"", "").strip().matches("charset\\s*=\\s*utf-8"));
  }

  /**
   * Returns which of the types is wanted most; the first of them where several are wanted alike.
   *
   * @param accept the header; null for all
   * @return null when none is wanted
   */
  static String best(String accept, List<String> offered) {
    if (accept == null || accept.isBlank()) {
      return offered.get(0);
    }
    String best = null;
    double highest = 0;
    for (String each : offered) {
      double wanted = quality(accept, each);
      if (wanted > highest) {
        highest = wanted;
        best = each;
      }
    }
    return best;
  }

  /** The range that names the type most closely decides. */
  private static double quality(String accept, String type) {
    double quality = 0;
    int closest = -1;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", RANGES_MAX)) {
      String[] parts = range.split(";", -1);
      int close = closeness(parts[0].strip(), type);
      if (close > closest) {
        closest = close;
        quality = weight(parts);
      }
    }
    return quality;
  }

  private static int closeness(String range, String type) {
    if (range.equals(type)) {
      return 2;
    }
    String group = type.substring(0, type.indexOf('/') + 1);
    return range.equals(group + "*") ? 1 : range.equals("*/*") ? 0 : -1;
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("q=")) {
        return part.matches("q=[01](\\.\\d{0,3})?") ? Double.parseDouble(part.substring(2)) : 0;
      }
    }
    return 1;
  }
}
