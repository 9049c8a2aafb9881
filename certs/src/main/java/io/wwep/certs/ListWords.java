package io.wwep.certs;

import java.util.List;
import java.util.stream.Collectors;

/** Lists of what others wrote, of which there may be very many. */
public final class ListWords {

  private static final int SHOWN_MAX = 6;

  private static final int TEXT_MAX = 100;

  private ListWords() {}

  /** Returns {@code a, b and 3 more}. */
  public static String of(List<String> texts) {
    String shown =
        texts.stream().limit(SHOWN_MAX).map(ListWords::cut).collect(Collectors.joining(", "));
    int more = texts.size() - SHOWN_MAX;
    return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
  }

  private static String cut(String text) {
    return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "…" : text;
  }
}
