package io.wwep.certs;

import java.util.List;
import java.util.stream.Collectors;

/** Lists of what others wrote, of which there may be very many. */
public final class ListWords {

  private static final int SHOWN_MAX = 6;

  private static final int TEXT_MAX = 100;

  private ListWords() {}

  /** Returns the first few, each cut where it is long: {@code a, b and 3 more}. */
  public static String of(List<String> texts) {
    return first(SHOWN_MAX, texts.stream().map(ListWords::cut).toList());
  }

  /**
   * Returns the first ones as they are: {@code a, b and 3 more}.
   *
   * @param max how many are shown, 1 or more
   */
  public static String first(int max, List<String> texts) {
    String shown = texts.stream().limit(max).collect(Collectors.joining(", "));
    int more = texts.size() - max;
    return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
  }

  private static String cut(String text) {
    return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "…" : text;
  }
}
