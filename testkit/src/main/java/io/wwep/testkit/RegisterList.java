package io.wwep.testkit;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registers of a {@link SmallServer}, as the lecture asks for them: a linked list that starts
 * out with no entries and grows as data is stored. Thread-safe.
 */
final class RegisterList {

  /** With more, a search through the list would take longer than a board waits. */
  static final int ENTRIES_MAX = 65_536;

  private static final Pattern MESSAGE =
      Pattern.compile("W([0-9A-Fa-f]{6})([0-9A-Fa-f]{4})|R([0-9A-Fa-f]{6})");
  private static final String REJECTED = "X";

  /** An entry is in front of those that were there before it. */
  private static final class Entry {
    private final String register;
    private final Entry next;
    private String value;

    private Entry(String register, String value, Entry next) {
      this.register = register;
      this.value = value;
      this.next = next;
    }
  }

  private Entry first;
  private int entries;

  /**
   * Returns how much of what came is the message in front.
   *
   * @return 7 or 11 for a complete one, 0 when more has to come, and all of it when it can be none
   *     any more
   */
  static int frameLength(String received) {
    Matcher message = MESSAGE.matcher(received);
    if (message.lookingAt()) {
      return canFollow(received, message.end()) ? message.end() : received.length();
    }
    return message.hitEnd() ? 0 : received.length();
  }

  /** Behind a message may come a line end or the next one; anything else makes it too long. */
  private static boolean canFollow(String received, int at) {
    return at == received.length() || "\r\nRW".indexOf(received.charAt(at)) >= 0;
  }

  /** Does what a message asks for, and returns the reply; {@code X} for one that is illegal. */
  synchronized String answer(String text) {
    Matcher message = MESSAGE.matcher(text);
    if (!message.matches()) {
      return REJECTED;
    }
    boolean isWrite = message.group(1) != null;
    String register = message.group(isWrite ? 1 : 3).toUpperCase(Locale.ROOT);
    if (isWrite && !store(register, message.group(2).toUpperCase(Locale.ROOT))) {
      return REJECTED;
    }
    return stored(register).map(value -> "A" + register + value).orElse(REJECTED);
  }

  /** Returns the value of a register, such as {@code 0FAC0B}, both in hex digits in upper case. */
  synchronized Optional<String> stored(String register) {
    return Optional.ofNullable(find(register)).map(entry -> entry.value);
  }

  private Entry find(String register) {
    Entry each = first;
    while (each != null && !each.register.equals(register)) {
      each = each.next;
    }
    return each;
  }

  /** Returns whether there was room. */
  private boolean store(String register, String value) {
    Entry found = find(register);
    if (found != null) {
      found.value = value;
    } else if (entries < ENTRIES_MAX) {
      first = new Entry(register, value, first);
      entries++;
    } else {
      return false;
    }
    return true;
  }
}
