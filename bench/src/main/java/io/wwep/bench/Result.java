package io.wwep.bench;

import java.util.List;
import java.util.Map;

/**
 * What a run has measured.
 *
 * @param latencies of all replies; in an open loop from the time each request was due
 * @param seconds the run in time
 * @param elapsedSeconds how long it was
 * @param rejected replies that were an X
 * @param writes replies to writes
 * @param unsent open loop: requests that were due and could not be sent, since all connections
 *     waited for replies
 * @param faults requests without a good reply and connections that failed, by cause, from the
 *     opening of the connections on
 * @param generatorCpus processors that the generator itself kept busy, on average
 */
public record Result(
    Latencies latencies,
    List<Second> seconds,
    double elapsedSeconds,
    long rejected,
    long writes,
    long unsent,
    Map<Fault, Long> faults,
    double generatorCpus) {

  /** Returns how many requests got a reply. */
  public long requests() {
    return latencies.count();
  }

  /** Returns replies a second. */
  public double ratePerSecond() {
    return elapsedSeconds > 0 ? requests() / elapsedSeconds : 0;
  }

  /** Returns how many requests got no good reply. */
  public long faultCount() {
    return faults.values().stream().mapToLong(Long::longValue).sum();
  }
}
