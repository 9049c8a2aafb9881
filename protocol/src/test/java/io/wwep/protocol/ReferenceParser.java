package io.wwep.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of the wire once more, written from PROTOCOL.md with strings and regular expressions:
 * slow, obvious, and sharing nothing with {@link FrameParser}. A char stands for a byte.
 */
final class ReferenceParser {

  private static final Pattern FRAME = Pattern.compile("R[0-9A-Fa-f]{6}|W[0-9A-Fa-f]{10}");
  private static final Pattern PARTIAL = Pattern.compile("R[0-9A-Fa-f]{0,5}|W[0-9A-Fa-f]{0,9}");
  private static final Pattern HTTP =
      Pattern.compile("(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|TRACE|CONNECT|PRI) ");
  private static final Pattern TLS = Pattern.compile("\\x16(\\x03|\\z)");

  /**
   * One call to expect.
   *
   * @param what as in {@link Recorder.Call}
   * @param fact how the sentence of a rejection must start
   */
  record Call(String what, String received, String fact) {}

  private final boolean secure;
  private final List<Call> calls = new ArrayList<>();
  private String partial = "";
  private boolean lineHoldsFrame;
  private boolean open = true;

  ReferenceParser(boolean secure) {
    this.secure = secure;
  }

  List<Call> calls() {
    return calls;
  }

  boolean isOpen() {
    return open;
  }

  int missing() {
    return partial.isEmpty() ? 0 : lengthOf(partial) - partial.length();
  }

  void feed(String read) {
    String rest = partial + read;
    partial = "";
    while (open && !rest.isEmpty()) {
      rest = take(rest);
    }
  }

  /** The peer pauses or ends. */
  void stop(String ending) {
    if (!partial.isEmpty()) {
      calls.add(new Call("reject incomplete", partial, incomplete(partial, ending)));
      partial = "";
    }
  }

  private String take(String rest) {
    Matcher frame = FRAME.matcher(rest);
    if (rest.startsWith("\r")) {
      return rest.substring(1);
    }
    if (rest.startsWith("\n")) {
      return lineEnd(rest);
    }
    if (frame.lookingAt()) {
      return complete(frame.group(), rest);
    }
    if (PARTIAL.matcher(rest).matches()) {
      partial = rest;
      return "";
    }
    return spoiled(rest);
  }

  private String lineEnd(String rest) {
    if (!lineHoldsFrame) {
      calls.add(new Call("empty line", "", ""));
    }
    lineHoldsFrame = false;
    return rest.substring(1);
  }

  private String complete(String frame, String rest) {
    String behind = rest.substring(frame.length());
    if (!behind.isEmpty() && !behind.matches("(?s)[RW\r\n].*")) {
      String fact =
          behind.startsWith("\0")
              ? "the string's terminating NUL"
              : "a %s is %d bytes".formatted(kind(frame), frame.length());
      return reject("too-long", fact, rest);
    }
    String upper = frame.toUpperCase(java.util.Locale.ROOT);
    String what =
        frame.startsWith("R")
            ? "read " + upper.substring(1)
            : "write %s %s".formatted(upper.substring(1, 7), upper.substring(7));
    calls.add(new Call(what, frame, ""));
    lineHoldsFrame = true;
    return behind;
  }

  private String spoiled(String rest) {
    if (rest.matches("(?s)[RW].*")) {
      String good = rest.replaceFirst("(?s)^([RW][0-9A-Fa-f]*).*", "$1");
      return rest.substring(good.length()).matches("(?s)[\r\n].*")
          ? reject("incomplete", incomplete(good, "a line end"), rest)
          : reject("bad-digit", "byte %d (".formatted(good.length() + 1), rest);
    }
    if (HTTP.matcher(rest).lookingAt()) {
      return last("http", "an HTTP request came", rest);
    }
    if (!secure && TLS.matcher(rest).lookingAt()) {
      return last("tls-on-plain-port", "a TLS handshake came", rest);
    }
    String fact = rest.matches("(?s)[rw].*") ? "the command letter is upper" : "a frame starts";
    return reject("bad-command", fact, rest);
  }

  private String reject(String code, String fact, String rest) {
    int lineEnd = rest.indexOf('\n');
    if (lineEnd < 0) {
      return last(code, fact, rest);
    }
    calls.add(new Call("reject " + code, rest.substring(0, lineEnd + 1), fact));
    lineHoldsFrame = false;
    return rest.substring(lineEnd + 1);
  }

  private String last(String code, String fact, String rest) {
    calls.add(new Call("reject " + code, rest, fact));
    open = false;
    return "";
  }

  private static String incomplete(String came, String ending) {
    return "%d of the %d bytes of a %s came before %s:"
        .formatted(came.length(), lengthOf(came), kind(came), ending);
  }

  private static String kind(String frame) {
    return frame.startsWith("R") ? "read" : "write";
  }

  private static int lengthOf(String frame) {
    return frame.startsWith("R") ? 7 : 11;
  }
}
