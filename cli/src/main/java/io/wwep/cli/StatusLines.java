package io.wwep.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A few aligned lines about a server, as the banner has them. */
final class StatusLines {

  private static final int NAME_WIDTH = 6;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private final Console console;
  private final Style style;
  private final List<String> lines = new ArrayList<>();

  StatusLines(Console console) {
    this.console = console;
    style = new Style(console.color());
  }

  void title(String text) {
    lines.add(style.strong(console.plain(text)));
  }

  /**
   * Adds a line.
   *
   * @param name empty for one that belongs to the line before
   */
  void entry(String name, String text) {
    String padded = name + " ".repeat(Math.max(0, NAME_WIDTH - name.length()));
    boolean note = name.equals("note");
    lines.add(
        "  %s  %s"
            .formatted(note ? style.warning(padded) : style.faint(padded), console.plain(text)));
  }

  List<String> all() {
    return lines;
  }

  /** Returns a moment in local time. */
  static String time(Instant moment) {
    return TIME.format(moment);
  }

  /** Returns how long ago that was, roughly. */
  static String ago(Instant moment, Instant now) {
    long seconds = Math.max(0, now.getEpochSecond() - moment.getEpochSecond());
    if (seconds < 120) {
      return seconds + " s ago";
    }
    long minutes = seconds / 60;
    return minutes < 120
        ? minutes + " min ago"
        : minutes < 48 * 60 ? minutes / 60 + " h ago" : minutes / (24 * 60) + " days ago";
  }
}
