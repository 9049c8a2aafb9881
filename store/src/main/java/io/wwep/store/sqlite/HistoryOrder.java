package io.wwep.store.sqlite;

/** In which order writes of the history are listed. */
public enum HistoryOrder {
  NEWEST_FIRST,
  OLDEST_FIRST
}
