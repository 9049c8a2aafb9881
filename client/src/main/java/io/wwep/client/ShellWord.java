package io.wwep.client;

import java.util.regex.Pattern;

/** A file's name as a word of a command that people copy into a shell. */
final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}%+,./:=@\\\\_~-]+");
  private static final Pattern SPECIAL_IN_QUOTES = Pattern.compile("[\"$`]");

  private ShellWord() {}

  /** Returns it in double quotes, which Windows has too, unless it is one word as it is. */
  static String of(Object file) {
    String name = file.toString();
    return PLAIN.matcher(name).matches()
        ? name
        : '"' + SPECIAL_IN_QUOTES.matcher(name).replaceAll("\\\\$0") + '"';
  }
}
