package io.wwep.it.page;

import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/**
 * The least of a few measurements: what the page takes by itself, and not what else the machine did
 * meanwhile.
 */
final class Quickest {

  private static final int TRIES = 3;

  private Quickest() {}

  /** Measures a few times and tells what came of it; returns the least, in milliseconds. */
  static double millisOf(String what, DoubleSupplier measurement) {
    double[] taken = DoubleStream.generate(measurement).limit(TRIES).sorted().toArray();
    System.out.printf("%s: %.0f ms, at most %.0f ms%n", what, taken[0], taken[TRIES - 1]);
    return taken[0];
  }

  /** Returns how long an action takes, in milliseconds. */
  static double millis(Runnable action) {
    long began = System.nanoTime();
    action.run();
    return (System.nanoTime() - began) / 1e6;
  }
}
