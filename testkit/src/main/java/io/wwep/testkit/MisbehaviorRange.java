package io.wwep.testkit;

/** The check of numbers that tests give. */
final class MisbehaviorRange {

  private MisbehaviorRange() {}

  static int require(String name, int number, int min, int max) {
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          "%s must be %,d to %,d, not %,d".formatted(name, min, max, number));
    }
    return number;
  }
}
