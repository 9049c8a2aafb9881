package io.wwep.board.script;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one line, taken one after the other. Used once. */
final class Words {

  private static final Pattern WORD = Pattern.compile("\\S+");

  /** At the beginning, or behind a space: in bytes it is a character like others. */
  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

  /** Of shorter words each is a typing error away from the others. */
  private static final int GUESSED_CHARS_MIN = 3;

  private final int line;
  private final String text;
  private int position;
  private int column = 1;

  Words(int line, String written) {
    this.line = line;
    text = COMMENT.matcher(written).replaceFirst("").stripTrailing();
  }

  /** Returns the line without its comment and the spaces around it. */
  String text() {
    return text.strip();
  }

  boolean isEmpty() {
    return text.isBlank();
  }

  /** Returns where the word stands that was taken last, from 1 on. */
  int column() {
    return column;
  }

  /** Takes the next word, if there is one. */
  Optional<String> next() {
    Matcher word = WORD.matcher(text);
    if (!word.find(position)) {
      column = text.length() + 1;
      return Optional.empty();
    }
    column = word.start() + 1;
    position = word.end();
    return Optional.of(word.group());
  }

  /**
   * Takes the next word.
   *
   * @param what should be there, in words
   */
  String need(String what) throws ScriptException {
    Optional<String> word = next();
    if (word.isEmpty()) {
      throw wrong("here belongs " + what);
    }
    return word.get();
  }

  /**
   * Takes the next word, which has to be one of these.
   *
   * @param what they are, in words
   */
  String oneOf(String what, List<String> known) throws ScriptException {
    String list = list(known);
    String word = need("%s: %s".formatted(what, list));
    if (!known.contains(word)) {
      throw unknown("'%s' is not %s".formatted(word, what), word, known, list);
    }
    return word;
  }

  /** Takes the next word if it is this one. */
  boolean takes(String wanted) {
    int before = position;
    int columnBefore = column;
    if (next().filter(wanted::equals).isPresent()) {
      return true;
    }
    position = before;
    column = columnBefore;
    return false;
  }

  /** Takes everything that is left. */
  String rest(String what) throws ScriptException {
    String first = need(what);
    String rest = first + text.substring(position);
    position = text.length();
    return rest;
  }

  void requireEnd() throws ScriptException {
    Optional<String> more = next();
    if (more.isPresent()) {
      throw wrong(
          "'%s' is one word too many: put each command on its own line".formatted(more.get()));
    }
  }

  /** Returns that the word taken last is wrong. */
  ScriptException wrong(String message) {
    return new ScriptException(line, column, message);
  }

  /** Returns that the word taken last is none of those that there are. */
  ScriptException unknown(String message, String word, List<String> known, String cure) {
    List<String> similar = word.length() < GUESSED_CHARS_MIN ? List.of() : known;
    return new ScriptException(
        line, column, message + "; there is " + cure, new ScriptException.Guess(word, similar));
  }

  static String list(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
