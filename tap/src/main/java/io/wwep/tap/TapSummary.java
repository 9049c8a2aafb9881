package io.wwep.tap;

/**
 * What a tap has seen so far.
 *
 * @param connections of boards
 * @param turnedAway connections beyond the bound
 * @param boardBytes that boards sent
 * @param serverBytes that the server sent
 * @param requests complete ones, legal or not
 * @param accepted replies {@code A}
 * @param rejected replies {@code X}
 * @param altered frames
 * @param faults how often one has acted
 * @param hungUp boards with which there was no TLS
 * @param packets in the capture
 * @param captureFailure why the capture ends before the tap, as on a full disk; null where it does
 *     not
 */
public record TapSummary(
    long connections,
    long turnedAway,
    long boardBytes,
    long serverBytes,
    long requests,
    long accepted,
    long rejected,
    long altered,
    long faults,
    long hungUp,
    long packets,
    String captureFailure) {}
