package io.wwep.board.crowd;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What boards have done together.
 *
 * @param elapsed since the first one began
 * @param sent messages, each with exactly one of the next three
 * @param accepted answered {@code A}
 * @param rejected answered {@code X}
 * @param unanswered with no reply that a WWEP server sends, or no connection
 * @param slowest the longest time from the press to the reply; zero when there was none
 * @param slowestDevice whose that was
 * @param faults what went wrong in words and how often, the first kinds of it
 * @param exitCode of a command for which this is all: 0 when all was as a board expects, 1 for an
 *     {@code X} or a wrong reply, 3 for none, 4 where TLS did not trust
 */
public record Totals(
    Duration elapsed,
    long sent,
    long accepted,
    long rejected,
    long unanswered,
    Duration slowest,
    OptionalInt slowestDevice,
    Map<String, Long> faults,
    int exitCode) {}
