package io.wwep.it.linear;

/**
 * One request and what became of it, as its client saw it.
 *
 * @param value the value written, or the value read; {@link io.wwep.store.Store#ABSENT} for a read
 *     of what nobody wrote
 * @param connection number of the connection; requests of one take effect in the order in which
 *     they were sent
 * @param invokedNanos just before the request was sent
 * @param returnedNanos just after the reply had come; of an unknown write the last moment at which
 *     it can have taken effect
 */
record Operation(
    Kind kind, int register, int value, int connection, long invokedNanos, long returnedNanos) {

  /** What the client knows. */
  enum Kind {
    READ,
    WRITE,
    /** A write without a reply: it took effect, or it never will. */
    UNKNOWN_WRITE
  }

  boolean isRead() {
    return kind == Kind.READ;
  }

  boolean isUnknown() {
    return kind == Kind.UNKNOWN_WRITE;
  }

  /** Whether this one was over before the other one began. */
  boolean endedBefore(Operation other) {
    return returnedNanos < other.invokedNanos;
  }

  @Override
  public String toString() {
    return "%s %06X = %04X, connection %d, %,d to %,d ns"
        .formatted(kind, register, value & 0xFFFF, connection, invokedNanos, returnedNanos);
  }
}
