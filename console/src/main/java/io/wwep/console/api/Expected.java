package io.wwep.console.api;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.wwep.console.http.Problem;
import io.wwep.console.rest.Ids;
import io.wwep.protocol.RegisterId;
import io.wwep.store.Store;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a write expects of its register, by the headers {@code If-Match} and {@code If-None-Match}
 * of RFC 9110. An entity tag is the value in hex, as in {@code "1234"}.
 */
final class Expected {

  static final String ANY = "*";

  private static final Pattern TAG = Pattern.compile("\"([0-9A-F]{4})\"");

  private Expected() {}

  static String tag(int value) {
    return "\"" + Ids.value(value) + "\"";
  }

  /** Whether a reader has this value already, by {@code If-None-Match}. */
  static boolean isKnown(MultiMap headers, int value) {
    String known = headers.get(HttpHeaders.IF_NONE_MATCH);
    return known != null && (known.strip().equals(ANY) || known.contains(tag(value)));
  }

  /**
   * Returns what the server has to look at when it writes.
   *
   * @param current what the register has now, or {@link Store#ABSENT}
   * @throws io.wwep.console.http.ProblemException when it can be told now that it is not so
   */
  static Map<RegisterId, OptionalInt> of(MultiMap headers, RegisterId id, int current) {
    String match = headers.get(HttpHeaders.IF_MATCH);
    String noneMatch = headers.get(HttpHeaders.IF_NONE_MATCH);
    if (match != null && noneMatch != null) {
      throw Problem.badRequest("If-Match and If-None-Match contradict each other: send one")
          .exception();
    }
    if (noneMatch != null) {
      return unwritten(noneMatch, id);
    }
    return match == null ? Map.of() : value(match.strip(), id, current);
  }

  private static Map<RegisterId, OptionalInt> unwritten(String noneMatch, RegisterId id) {
    if (!noneMatch.strip().equals(ANY)) {
      throw Problem.badRequest(
              "If-None-Match of a write takes *, for a register that nobody has written")
          .exception();
    }
    return Map.of(id, OptionalInt.empty());
  }

  private static Map<RegisterId, OptionalInt> value(String match, RegisterId id, int current) {
    Matcher tag = TAG.matcher(match);
    if (tag.matches()) {
      return Map.of(id, OptionalInt.of(Integer.parseInt(tag.group(1), 16)));
    }
    // Once a register is written it stays so: this holds later too.
    if (match.equals(ANY) && current != Store.ABSENT) {
      return Map.of();
    }
    throw Problem.preconditionFailed(
            "If-Match names no value that register %s of device %s has: read it again"
                .formatted(Ids.register(id.register()), Ids.device(id.device())),
            current == Store.ABSENT ? null : current)
        .exception();
  }
}
