package io.wwep.bench;

/**
 * One second of a run.
 *
 * @param atSeconds when it ended, from the start of what is counted; negative while warming up
 * @param ratePerSecond replies
 * @param p50Nanos median of the latencies
 * @param p99Nanos 99th percentile
 * @param rejected replies that were an X
 * @param faults requests without a good reply
 */
public record Second(
    double atSeconds,
    double ratePerSecond,
    long p50Nanos,
    long p99Nanos,
    long rejected,
    long faults) {}
