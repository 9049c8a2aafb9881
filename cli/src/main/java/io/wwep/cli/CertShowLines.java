package io.wwep.cli;

import io.wwep.certs.file.CryptoFile;
import io.wwep.certs.file.Description;
import io.wwep.certs.file.Description.Fact;
import io.wwep.certs.file.Item;
import io.wwep.certs.file.Relations;
import java.time.Instant;
import java.util.List;

/** Files with keys and certificates for people: what is read first stands first. */
final class CertShowLines {

  private static final int NAME_WIDTH = 9;

  /** Known names fit; what has a number for a name is longer anyway. */
  private static final int EXTENSION_WIDTH = 20;

  /** Of the roots of a system each is told in two lines. */
  private static final int ITEMS_IN_FULL = 20;

  private final Console console;
  private final Style style;
  private final Instant now;
  private final List<String> lines;

  CertShowLines(Console console, Instant now, List<String> lines) {
    this.console = console;
    this.now = now;
    this.lines = lines;
    style = new Style(console.color());
  }

  void file(CryptoFile file) {
    List<Item> items = file.items();
    for (int i = 0; i < items.size(); i++) {
      String position = items.size() == 1 ? "" : ", %d of %d".formatted(i + 1, items.size());
      Description about = items.get(i).describe(now);
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(
          style.strong(console.plain(about.title()))
              + style.faint(
                  console.plain(
                      "  %s%s (%s)".formatted(file.name(), position, items.get(i).form()))));
      item(about, items.size() <= ITEMS_IN_FULL);
    }
  }

  private void item(Description about, boolean inFull) {
    about.facts().forEach(each -> line("  ", NAME_WIDTH, each));
    if (inFull && !about.extensions().isEmpty()) {
      lines.add("  " + style.faint("extensions"));
      about.extensions().forEach(each -> line("    ", EXTENSION_WIDTH, each));
    }
  }

  private void line(String indent, int width, Fact fact) {
    lines.add(
        "%s%s  %s"
            .formatted(
                indent, style.faint(padded(fact.name(), width)), console.plain(fact.words())));
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(Math.max(0, width - name.length()));
  }

  void relations(Relations relations) {
    section("together", relations.statements(), false);
    section("problems", relations.problems(), true);
  }

  private void section(String title, List<String> sentences, boolean warn) {
    if (sentences.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(warn ? style.warning(title) : style.strong(title));
    sentences.forEach(each -> lines.add("  " + console.plain(CommandName.in(each))));
  }
}
