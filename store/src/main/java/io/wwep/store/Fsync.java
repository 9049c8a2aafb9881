package io.wwep.store;

/** When an acknowledged write is on disk. */
public enum Fsync {
  /** Before it is acknowledged: it survives kill -9 and power loss. */
  ALWAYS,
  /** At most about a second later: it survives kill -9; power loss may take the last second. */
  EVERYSEC,
  /** Whenever the operating system likes: it survives kill -9. */
  NEVER
}
