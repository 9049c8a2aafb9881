package io.wwep.it;

/**
 * How much of a proof is run: a short form within the whole test suite, and with {@code
 * -Dwwep.long} ({@code ./test long}) the form whose figures docs/reliability.md reports.
 */
public final class Scale {

  private Scale() {}

  /** Whether the long form is wanted. */
  public static boolean isLong() {
    return System.getProperty("wwep.long") != null;
  }

  /** Returns the number that belongs to the form that is run. */
  public static int of(int shortForm, int longForm) {
    return isLong() ? longForm : shortForm;
  }

  /**
   * Returns the seed of a run and prints it: a new one, or that of {@code -Dwwep.seed=N}, which
   * makes a failed run's choices again.
   */
  public static long seed(String proof) {
    long seed = Long.getLong("wwep.seed", System.nanoTime());
    System.out.printf("%s: seed %d (again with -Dwwep.seed=%d)%n", proof, seed, seed);
    return seed;
  }
}
