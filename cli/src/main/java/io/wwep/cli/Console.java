package io.wwep.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a command reads and prints.
 *
 * @param in what is typed or piped in
 * @param out results; buffered, see {@link #end}
 * @param err sentences about failures
 * @param terminal whether a person sits at both ends
 * @param color whether {@code out} may be coloured
 * @param unicode whether {@code out} shows more than ASCII
 */
record Console(
    InputStream in, Output out, PrintStream err, boolean terminal, boolean color, boolean unicode) {

  private static final int BUFFER_BYTES = 1 << 12;

  /** Returns the console of this process. */
  static Console ofProcess() {
    Charset charset = charset();
    boolean terminal = isTerminal();
    String noColor = System.getenv("NO_COLOR");
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return new Console(
        System.in,
        new Output(new FileOutputStream(FileDescriptor.out), charset, Console::isOutAPipe),
        errors(charset),
        terminal,
        terminal && !dumb && (noColor == null || noColor.isEmpty()),
        charset.equals(StandardCharsets.UTF_8));
  }

  private static PrintStream errors(Charset charset) {
    OutputStream bytes = new FileOutputStream(FileDescriptor.err);
    return new PrintStream(new BufferedOutputStream(bytes, BUFFER_BYTES), false, charset);
  }

  private static boolean isOutAPipe() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // Not Linux.
    }
  }

  /** Returns UTF-8 where the terminal or the locale has it, ASCII otherwise. */
  private static Charset charset() {
    String name =
        Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
            .map(System::getProperty)
            .filter(each -> each != null && !each.isEmpty())
            .findFirst()
            .orElse("US-ASCII");
    boolean utf8 = name.equalsIgnoreCase("UTF-8") || name.equalsIgnoreCase("UTF8");
    return utf8 || name.equals("cp65001") ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
  }

  @SuppressWarnings("SystemConsoleNull") // Asked the other way on a JDK where it is never null.
  private static boolean isTerminal() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since JDK 22 there is a console without a terminal too; it can tell.
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Prints a line of results, in ASCII where the console has no more. */
  void print(String line) {
    out.println(plain(line));
  }

  /** Prints a sentence about a failure, and everything that was printed before. */
  void fail(String sentence) {
    out.flush();
    err.println("wwep: " + plain(CommandName.in(sentence)));
    err.flush();
  }

  /** Prints a sentence about something that went well, and could turn out badly later. */
  void note(String sentence) {
    fail("note: " + sentence);
  }

  /**
   * Prints why a command failed.
   *
   * @param json the object that is asked for, without its end; null when none is
   * @return the exit code
   */
  int fail(Json json, String reason, int exitCode) {
    if (json != null) {
      print(json.put("reason", CommandName.in(reason)).put("exitCode", exitCode).toString());
    }
    fail(reason);
    return exitCode;
  }

  void flush() {
    out.flush();
    err.flush();
  }

  /**
   * Flushes at the end of a command, and says so if its results could not be written.
   *
   * @param exitCode of a command whose results arrive
   * @return the exit code after all
   */
  int end(int exitCode) {
    Optional<String> loss = out.loss();
    loss.ifPresent(
        reason ->
            fail(
                "the output cannot be written (%s): make room there, or send it somewhere else"
                    .formatted(reason)));
    err.flush();
    return loss.isPresent() ? ExitCode.OUTPUT_LOST : exitCode;
  }

  /** Returns the text as this console can show it; nothing in it can control a terminal. */
  String plain(String text) {
    StringBuilder shown = null;
    int size;
    for (int i = 0; i < text.length(); i += size) {
      int c = text.codePointAt(i);
      size = Character.charCount(c);
      if (isShown(c)) {
        if (shown != null) {
          shown.appendCodePoint(c);
        }
      } else {
        shown = shown == null ? new StringBuilder(text.substring(0, i)) : shown;
        shown.append(c == '…' ? "..." : c == '·' ? "-" : c == '→' ? "->" : "?");
      }
    }
    return shown == null ? text : shown.toString();
  }

  private boolean isShown(int c) {
    return (c >= ' ' && c < 0x7F) || (unicode && c >= 0xA0 && !isUnseen(c));
  }

  /** What a stranger's name could turn a line around with, end it, or hide in it. */
  private static boolean isUnseen(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
