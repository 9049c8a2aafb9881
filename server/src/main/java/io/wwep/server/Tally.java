package io.wwep.server;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how often each word of a small set occurred. Any thread. */
final class Tally {

  /** More than there are alerts, suites or versions; no word comes from a peer. */
  static final int WORDS_MAX = 128;

  /** Stands for words beyond that. */
  static final String OTHER = "other";

  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

  /**
   * @param word null counts as {@link #OTHER}
   */
  void count(String word) {
    boolean known = word != null && (counts.size() < WORDS_MAX || counts.containsKey(word));
    counts.computeIfAbsent(known ? word : OTHER, first -> new AtomicLong()).incrementAndGet();
  }

  /** Adds what was counted to {@code sums}. */
  void addTo(SortedMap<String, Long> sums) {
    counts.forEach((word, count) -> sums.merge(word, count.get(), Long::sum));
  }

  /** Returns the sums of several, by word; the caller's. */
  static SortedMap<String, Long> sum(Iterable<Tally> all) {
    SortedMap<String, Long> sums = new TreeMap<>();
    all.forEach(each -> each.addTo(sums));
    return sums;
  }
}
