package io.wwep.store.sqlite;

import java.util.List;

/**
 * The course of one register over a span of time.
 *
 * @param address device × 256 + register, 0 to 0xFFFFFF
 * @param before as of the beginning of the span, or of the history where that begins later
 * @param exact whether each point is a single write; else each is all writes of a bucket
 * @param points by number, none where nothing was written
 */
public record Series(int address, RegisterState before, boolean exact, List<SeriesPoint> points) {

  /** A register with no more writes than this in a span is told exactly. */
  public static final int EXACT_MAX = 2_000;

  public Series {
    points = List.copyOf(points);
  }
}
