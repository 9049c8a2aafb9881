package io.wwep.store.sqlite;

import io.wwep.store.Origin;

/**
 * A write of the history.
 *
 * @param number grows by one with each write, also over restarts; from 1
 * @param timeMillis when it was committed, milliseconds since 1970, by the server's clock
 * @param address device × 256 + register, 0 to 0xFFFFFF
 * @param value 0 to 0xFFFF
 * @param origin who wrote
 */
public record HistoryEntry(long number, long timeMillis, int address, int value, Origin origin) {}
