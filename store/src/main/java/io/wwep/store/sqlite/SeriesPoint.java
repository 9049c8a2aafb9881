package io.wwep.store.sqlite;

/**
 * One write to a register, or all those that fall into one part of a span of time, a bucket. The
 * value that the register had as the bucket began is that of the point before.
 *
 * @param bucket which part, from 0
 * @param minimum smallest value written, 0 to 0xFFFF
 * @param maximum largest value written
 * @param last value of the last write
 * @param count how many writes, 1 or more
 * @param number of the last write
 * @param timeMillis when the last write was committed, milliseconds since 1970; outside of the
 *     bucket if the clock was set back
 */
public record SeriesPoint(
    int bucket, int minimum, int maximum, int last, int count, long number, long timeMillis) {}
