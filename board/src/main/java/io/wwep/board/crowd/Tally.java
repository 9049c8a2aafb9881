package io.wwep.board.crowd;

import io.wwep.board.Answer;
import io.wwep.board.Board;
import io.wwep.board.Contact;
import io.wwep.board.Transmission;
import io.wwep.board.Verdict;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Counts what boards do. Any number of threads. */
final class Tally {

  private static final int FAULT_KINDS_MAX = 8;
  private static final String OTHERS = "others";

  private final long startNanos = System.nanoTime();
  private final Map<String, Long> faults = new LinkedHashMap<>();
  private long sent;
  private long accepted;
  private long rejected;
  private Duration slowest = Duration.ZERO;
  private OptionalInt slowestDevice = OptionalInt.empty();
  private int exitCode;

  synchronized void add(Board board, Transmission transmission) {
    sent++;
    accepted += transmission.answer() == Answer.ACCEPTED ? 1 : 0;
    rejected += transmission.answer() == Answer.REJECTED ? 1 : 0;
    exitCode = Math.max(exitCode, transmission.verdict().exitCode());
    if (transmission.answer() != Answer.NONE) {
      time(board, transmission);
    }
    if (transmission.verdict() != Verdict.FINE) {
      String meaning = transmission.meaning();
      boolean known = faults.containsKey(meaning) || faults.size() < FAULT_KINDS_MAX;
      faults.merge(known ? meaning : OTHERS, 1L, Long::sum);
    }
  }

  private void time(Board board, Transmission transmission) {
    Duration connecting = transmission.contact().map(Contact::connecting).orElse(Duration.ZERO);
    Duration whole = connecting.plus(transmission.elapsed());
    if (whole.compareTo(slowest) > 0) {
      slowest = whole;
      slowestDevice = OptionalInt.of(board.deviceId());
    }
  }

  synchronized Totals totals() {
    return new Totals(
        Duration.ofNanos(System.nanoTime() - startNanos),
        sent,
        accepted,
        rejected,
        sent - accepted - rejected,
        slowest,
        slowestDevice,
        Collections.unmodifiableMap(new LinkedHashMap<>(faults)),
        exitCode);
  }
}
