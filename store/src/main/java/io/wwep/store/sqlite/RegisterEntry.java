package io.wwep.store.sqlite;

/**
 * A register that has been written.
 *
 * @param address device × 256 + register, 0 to 0xFFFFFF
 * @param value 0 to 0xFFFF
 * @param timeMillis when it was last written, milliseconds since 1970, by the server's clock
 */
public record RegisterEntry(int address, int value, long timeMillis) {}
