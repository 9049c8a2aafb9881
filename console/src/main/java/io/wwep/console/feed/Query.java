package io.wwep.console.feed;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members of a URL's query, read strictly: each at most once, none empty, none unknown.
 *
 * <p>Used by one thread.
 */
final class Query {

  private final MultiMap members;
  private final Set<String> unread;

  Query(MultiMap members) {
    this.members = members;
    unread = new TreeSet<>(members.names());
  }

  /**
   * Returns the text of a member, or null where it is not given.
   *
   * @throws BadQuery when it is given twice or empty
   */
  String text(String name) throws BadQuery {
    unread.remove(name);
    List<String> given = members.getAll(name);
    if (given.isEmpty()) {
      return null;
    }
    if (given.size() > 1) {
      throw new BadQuery(
          "%s is given %d times: give it once, several choices with commas"
              .formatted(name, given.size()));
    }
    if (given.get(0).isEmpty()) {
      throw new BadQuery("%s is empty: give it a value, or leave it out".formatted(name));
    }
    return given.get(0);
  }

  /**
   * Returns a number.
   *
   * @throws BadQuery when it is none, or out of its range
   */
  long number(String name, long min, long max, long unlessGiven) throws BadQuery {
    String text = text(name);
    return text == null ? unlessGiven : number(name, text, min, max);
  }

  static long number(String name, String text, long min, long max) throws BadQuery {
    long number = -1;
    if (text.matches("\\d{1,18}")) {
      number = Long.parseLong(text);
    }
    if (number < min || number > max) {
      throw new BadQuery(
          "%s must be a number from %d to %d, not '%s'".formatted(name, min, max, shown(text)));
    }
    return number;
  }

  /**
   * Returns yes or no; no where it is not given.
   *
   * @throws BadQuery when it is neither
   */
  boolean flag(String name) throws BadQuery {
    String text = text(name);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      throw new BadQuery("%s must be true or false, not '%s'".formatted(name, shown(text)));
    }
    return "true".equals(text);
  }

  /**
   * All has been read that is known.
   *
   * @throws BadQuery when there is more
   */
  void end() throws BadQuery {
    if (!unread.isEmpty()) {
      throw new BadQuery(
          "%s is no member of this query: leave it out, or look for its name in /api/v1/openapi.json"
              .formatted(shown(unread.iterator().next())));
    }
  }

  /** A foreign text as it may stand in a sentence. */
  static String shown(String text) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() > 40 ? printable.substring(0, 40) + "…" : printable;
  }
}
