package io.wwep.it;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an expression of Prometheus asks for. */
final class PromQl {

  private static final Pattern NO_NAMES =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^\\]]*]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.$:])[a-zA-Z_:][\\w:]*(?!\\w)(?!\\s*\\()");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf");

  private PromQl() {}

  /** Returns the names of its metrics. */
  static Set<String> metrics(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(NO_NAMES.matcher(expression).replaceAll(" "));
    while (name.find()) {
      names.add(name.group());
    }
    names.removeAll(WORDS);
    return names;
  }
}
