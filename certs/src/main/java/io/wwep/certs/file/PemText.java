package io.wwep.certs.file;

import io.wwep.certs.Pem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds PEM blocks in a text, and what is unusual about the text: boards' parsers are less patient
 * than those of computers. Reads everything that can be understood nevertheless.
 */
final class PemText {

  /** The longest that is in use has 25 letters. */
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9#. ]{1,60})-----");

  private static final Pattern END = Pattern.compile("-----END ([A-Z0-9#. ]{1,60})-----");

  /** As in the source of a program: quotes around a line, its end written out, a comma behind. */
  private static final Pattern C_STRING = Pattern.compile("^\"(.*?)(?:\\\\[rn])*\"\\s*[;,+\\\\]?$");

  /** Lines of PEM have 80 characters at most; with what is around it a few more. */
  private static final int C_STRING_MAX = 500;

  private static final int QUOTED_MAX = 40;

  /**
   * A block.
   *
   * @param type as in its BEGIN line
   * @param line where that one stands, from 1 on
   * @param text whole lines from BEGIN to END with LF, for any parser
   */
  record Block(String type, int line, String text) {}

  private final String name;
  private final List<Block> blocks = new ArrayList<>();
  private final List<String> flaws = new ArrayList<>();
  private String open;
  private int openLine;
  private StringBuilder body;
  private int strayLine;
  private String stray;
  private boolean hasBegin;
  private boolean indented;
  private int spacedLine;
  private boolean quoted;

  /**
   * @param name what sentences call the file
   */
  PemText(String name, byte[] bytes) {
    this.name = name;
    String text = decoded(bytes);
    endsOfLines(text);
    String[] lines = text.split("\r\n|\n|\r", -1);
    for (int i = 0; i < lines.length; i++) {
      line(lines[i], i + 1);
    }
    finish();
  }

  List<Block> blocks() {
    return blocks;
  }

  List<String> flaws() {
    return flaws;
  }

  /** Whether there is a line that begins a block, also of a block that could not be read. */
  boolean hasBegin() {
    return hasBegin;
  }

  private String decoded(byte[] bytes) {
    if (Pem.startsWith(bytes, 0xFF, 0xFE) || Pem.startsWith(bytes, 0xFE, 0xFF)) {
      flaws.add(name + " is saved as UTF-16, and boards read ASCII: save it as ASCII or UTF-8");
      return new String(bytes, StandardCharsets.UTF_16);
    }
    int start = 0;
    if (Pem.startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      flaws.add(
          name
              + " begins with a byte order mark, behind which some parsers find no BEGIN: save it as UTF-8 without BOM");
      start = 3;
    }
    int end = bytes.length;
    while (end > start && bytes[end - 1] == 0) {
      end--;
    }
    if (end < bytes.length) {
      flaws.add(
          "%s ends with %s, which belongs into a program's memory and not into a file: take it out"
              .formatted(name, bytes.length - end == 1 ? "a NUL" : bytes.length - end + " NULs"));
    }
    return new String(Arrays.copyOfRange(bytes, start, end), StandardCharsets.ISO_8859_1);
  }

  private void endsOfLines(String text) {
    int pairs = count(text, "\r\n");
    int feeds = count(text, "\n") - pairs;
    int returns = count(text, "\r") - pairs;
    if (Math.max(pairs, Math.max(feeds, returns)) < pairs + feeds + returns) {
      flaws.add(
          "%s has line ends of more than one kind, %s: write it anew with 'wwep cert convert'"
              .formatted(name, kinds(pairs, feeds, returns)));
    } else if (pairs > 0) {
      flaws.add(
          "%s has Windows' line ends (CR LF), over which parsers of some boards stumble: 'wwep cert convert' writes it with LF"
              .formatted(name));
    } else if (returns > 0) {
      flaws.add(
          "%s has line ends of CR alone, which hardly any parser takes: 'wwep cert convert' writes it with LF"
              .formatted(name));
    }
    if (text.strip().endsWith("-") && !text.endsWith("\n") && !text.endsWith("\r")) {
      flaws.add(
          "%s has no line end behind its last line, without which some boards do not see it: add one, or write it anew with 'wwep cert convert'"
              .formatted(name));
    }
  }

  private static String kinds(int pairs, int feeds, int returns) {
    List<String> kinds = new ArrayList<>();
    if (pairs > 0) {
      kinds.add("%d of CR LF".formatted(pairs));
    }
    if (feeds > 0) {
      kinds.add("%d of LF".formatted(feeds));
    }
    if (returns > 0) {
      kinds.add("%d of CR".formatted(returns));
    }
    return String.join(" and ", kinds);
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private void line(String raw, int number) {
    String line = cleaned(raw);
    Matcher begin = BEGIN.matcher(line);
    if (begin.matches()) {
      cutOff(number);
      hasBegin = true;
      open = begin.group(1);
      openLine = number;
      body = new StringBuilder(line).append('\n');
      return;
    }
    Matcher end = END.matcher(line);
    if (open == null) {
      if (!line.isEmpty() && stray == null) {
        stray = line;
        strayLine = number;
      }
    } else if (end.matches()) {
      close(end.group(1), number);
    } else {
      body.append(line).append('\n');
      if (spacedLine == 0 && !indented && hasSpaceBeforeItsEnd(raw)) {
        spacedLine = number;
      }
    }
  }

  /** What decodes base64 may take spaces at the end of a line alone; headers have a colon. */
  private static boolean hasSpaceBeforeItsEnd(String raw) {
    String line = raw.stripTrailing();
    return line.indexOf(':') < 0 && (line.indexOf(' ') >= 0 || line.indexOf('\t') >= 0);
  }

  /** Returns what is in a line without what programs and editors put around it. */
  private String cleaned(String raw) {
    String line = raw.strip();
    Matcher string = C_STRING.matcher(line);
    if (line.length() <= C_STRING_MAX && string.matches()) {
      quoted |= line.contains("-----BEGIN ");
      return string.group(1);
    }
    indented |= line.startsWith("-----BEGIN ") && !raw.startsWith("-");
    return line;
  }

  private void close(String type, int number) {
    if (type.equals(open)) {
      blocks.add(
          new Block(
              open, openLine, body.append("-----END ").append(type).append("-----\n").toString()));
    } else {
      flaws.add(
          "%s has BEGIN %s in line %d and END %s in line %d: copy the block again, whole lines from BEGIN to END"
              .formatted(name, open, openLine, type, number));
    }
    open = null;
  }

  private void cutOff(int number) {
    if (open != null) {
      flaws.add(
          "%s has a block that begins in line %d and does not end%s: copy it again, up to -----END %s-----"
              .formatted(
                  name,
                  openLine,
                  number > 0 ? " before the next one in line %d".formatted(number) : "",
                  open));
      open = null;
    }
  }

  private void finish() {
    cutOff(0);
    if (quoted) {
      flaws.add(
          "%s has its lines in quotes, as in a program's source, and no parser of files reads that: 'wwep cert convert' writes it without"
              .formatted(name));
    }
    if (indented) {
      flaws.add(
          "%s has a BEGIN line with spaces in front, where most parsers do not find it: 'wwep cert convert' writes it without"
              .formatted(name));
    }
    if (spacedLine > 0 && !quoted && !blocks.isEmpty()) {
      flaws.add(
          "%s has spaces inside a block, first in line %d, which mbed TLS refuses (-0x112C): 'wwep cert convert' writes it without"
              .formatted(name, spacedLine));
    }
    if (stray != null && !quoted && !blocks.isEmpty()) {
      flaws.add(
          "%s has text around its blocks, first in line %d ('%s'), over which parsers of some boards stumble: 'wwep cert convert' writes the blocks alone"
              .formatted(name, strayLine, shown(stray)));
    }
  }

  private static String shown(String text) {
    return text.length() <= QUOTED_MAX ? text : text.substring(0, QUOTED_MAX) + "…";
  }
}
