package io.wwep.client;

import java.time.Duration;

/**
 * What one client was built with; checked by its builder.
 *
 * @param tls null for plain TCP
 */
record Settings(
    Endpoint endpoint,
    TlsSockets tls,
    Duration connectTimeout,
    Duration handshakeTimeout,
    Duration replyTimeout,
    Duration queueTimeout,
    int inFlightMax) {}
