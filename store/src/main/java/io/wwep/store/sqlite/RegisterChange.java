package io.wwep.store.sqlite;

/**
 * What became of a register between two moments, in which it was written at least once.
 *
 * @param before as of the first moment
 * @param after the last write up to the second one; its value may be the same as before
 * @param writes how many there were, 1 or more
 */
public record RegisterChange(RegisterState before, HistoryEntry after, long writes) {}
