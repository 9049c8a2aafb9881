package io.wwep.cli;

import io.wwep.certs.BoardVerdict.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Draws the way from the root at the top down to the server's certificate. */
final class ChainTree {

  private static final int INDENT = 3;
  private static final int NAME_WIDTH_MAX = 44;

  private final Console console;

  ChainTree(Console console) {
    this.console = console;
  }

  /**
   * Returns a line for each.
   *
   * @param links from the server's up
   * @param place says of one, by its index, what it is and where it is from
   */
  List<String> lines(List<Link> links, Function<Integer, String> place) {
    List<String> names = new ArrayList<>();
    for (int i = links.size() - 1; i >= 0; i--) {
      names.add(branch(links.size() - 1 - i) + console.plain(links.get(i).words().shortName()));
    }
    int widest = names.stream().mapToInt(String::length).max().orElse(0);
    int width = Math.min(widest, NAME_WIDTH_MAX);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      lines.add(
          name
              + " ".repeat(Math.max(0, width - name.length()) + 2)
              + place.apply(links.size() - 1 - i));
    }
    return lines;
  }

  private String branch(int depth) {
    return depth == 0 ? "" : " ".repeat(INDENT * (depth - 1)) + (console.unicode() ? "└─ " : "+- ");
  }
}
