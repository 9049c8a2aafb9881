package io.wwep.console.classroom;

import java.util.Objects;
import java.util.function.Consumer;

/** Brings the changes of a roll to its file. Any thread; one at a time gets through. */
final class Keeper {

  /** What is there is not what the file has: a damaged file must not be met again. */
  private static final long NOT_YET = -1;

  private final Roll roll;

  /** Null where nothing is kept. */
  private final ClassFile file;

  private final Consumer<String> teller;
  private long kept;
  private volatile String trouble;

  private Keeper(Roll roll, ClassFile file, Consumer<String> teller, String trouble) {
    this.roll = roll;
    this.file = file;
    this.teller = teller;
    this.trouble = trouble;
    kept = trouble == null ? roll.changes() : NOT_YET;
  }

  /** Returns one that keeps nothing. */
  static Keeper ofNothing(Roll roll) {
    return new Keeper(roll, null, sentence -> {}, null);
  }

  /**
   * Has a roll take over what a file has, and returns what keeps it from then on.
   *
   * @param teller is told what goes wrong, once each
   */
  static Keeper of(Roll roll, ClassFile file, Consumer<String> teller) {
    try {
      file.load(roll);
      return new Keeper(roll, file, teller, null);
    } catch (ClassFile.Unusable unusable) {
      teller.accept(unusable.getMessage());
      return new Keeper(roll, unusable.keep() ? null : file, teller, unusable.getMessage());
    }
  }

  /** Returns what went wrong, with the cure; null where all is well. */
  String trouble() {
    return trouble;
  }

  /** Writes down what has changed, and waits for the disk. */
  synchronized void keep() {
    long now = roll.changes();
    if (file == null || now == kept) {
      return;
    }
    String failure = file.save(roll.save());
    if (failure == null) {
      kept = now;
    } else if (!Objects.equals(failure, trouble)) {
      teller.accept(failure);
    }
    trouble = failure;
  }
}
