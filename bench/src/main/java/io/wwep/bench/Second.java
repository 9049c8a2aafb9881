package io.wwep.bench;

/**
 * One second of a run.
 *
 * @param warmUp whether it is not counted
 * @param atSeconds when it ended, from the start of the warm-up, or of what is counted
 * @param ratePerSecond replies
 * @param p50Nanos median of the latencies
 * @param p99Nanos 99th percentile
 * @param rejected replies that were an X
 * @param faults requests without a good reply
 */
public record Second(
    boolean warmUp,
    double atSeconds,
    double ratePerSecond,
    long p50Nanos,
    long p99Nanos,
    long rejected,
    long faults) {}
