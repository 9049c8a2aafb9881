package io.wwep.client;

import java.time.Duration;

/**
 * What one client was built with; checked by its builder.
 *
 * @param trust null for plain TCP
 */
record Settings(
    Endpoint endpoint,
    Trust trust,
    Duration connectTimeout,
    Duration handshakeTimeout,
    Duration replyTimeout,
    Duration queueTimeout,
    int inFlightMax) {}
