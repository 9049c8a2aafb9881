package io.wwep.it.soak;

/**
 * What was measured in one stretch of a soak.
 *
 * @param minutes when it ended, from the start of the soak
 * @param requestsPerSecond answered requests
 * @param p50Millis half of the replies came within this time
 * @param p99Millis 99 of 100 did
 * @param p999Millis 999 of 1,000 did
 * @param maxMillis all did
 * @param rssMiB memory of the server's process
 * @param heapMiB live objects behind a full collection; NaN where none was made
 * @param descriptors files and sockets that the server has open
 * @param machineLoad processes that want a processor, all of the machine's (one minute's average)
 */
record Interval(
    double minutes,
    double requestsPerSecond,
    double p50Millis,
    double p99Millis,
    double p999Millis,
    double maxMillis,
    double rssMiB,
    double heapMiB,
    double descriptors,
    double machineLoad) {}
