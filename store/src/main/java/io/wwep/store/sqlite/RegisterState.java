package io.wwep.store.sqlite;

import java.util.OptionalInt;

/** What is known of a register as of some moment of the past. */
public sealed interface RegisterState {

  /** Returns device × 256 + register, 0 to 0xFFFFFF. */
  int address();

  /** Returns the value, 0 to 0xFFFF; empty where there was none, or it is not known. */
  default OptionalInt value() {
    return OptionalInt.empty();
  }

  /** Whether it is known what the register was. */
  default boolean isKnown() {
    return true;
  }

  /**
   * The register had the value of a write that the history has.
   *
   * @param write the last one to the register before that moment
   */
  record Written(HistoryEntry write) implements RegisterState {
    @Override
    public int address() {
      return write.address();
    }

    @Override
    public OptionalInt value() {
      return OptionalInt.of(write.value());
    }
  }

  /**
   * The register had a value whose write was pruned; number and origin are known no more.
   *
   * @param register value and time of the write
   */
  record Pruned(RegisterEntry register) implements RegisterState {
    @Override
    public int address() {
      return register.address();
    }

    @Override
    public OptionalInt value() {
      return OptionalInt.of(register.value());
    }
  }

  /**
   * The register was written at some time, and history that would tell what it was at that moment,
   * or whether it was written yet, has been pruned.
   */
  record Unknown(int address) implements RegisterState {
    @Override
    public boolean isKnown() {
      return false;
    }
  }

  /** Nobody had written the register. */
  record Unwritten(int address) implements RegisterState {}
}
