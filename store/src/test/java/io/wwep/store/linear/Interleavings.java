package io.wwep.store.linear;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * How Lincheck runs concurrent calls. It makes up scenarios, runs each many times, and looks
 * whether the results are those of the same calls in some order, one after the other.
 */
enum Interleavings {
  /** As threads happen to run. */
  STRESS,
  /** Each run in another order of the threads' steps. */
  MODEL_CHECKING;

  private static final boolean LONG = System.getProperty("wwep.long") != null;
  private static final int SCENARIOS = LONG ? 100 : 5;
  private static final int STRESS_RUNS = LONG ? 5_000 : 100;

  /** Few: a chunk of the table costs the model checker some milliseconds. */
  private static final int MODEL_CHECKING_RUNS = LONG ? 200 : 20;

  private static final int THREADS = 3;
  private static final int CALLS_OF_EACH = 3;
  private static final int CALLS_BEFORE_AND_AFTER = 2;
  private static final AtomicInteger SCENARIOS_PASSED = new AtomicInteger();

  /**
   * Throws what Lincheck finds: a scenario with wrong results, from model checking with the steps
   * that lead to it.
   *
   * @param calls class with the calls
   * @param model the same methods, right when called one after the other
   */
  void check(Class<?> calls, Class<?> model) {
    options(model).check(calls);
    SCENARIOS_PASSED.addAndGet(SCENARIOS);
  }

  /** Returns how many scenarios have passed the checks of this process. */
  static int scenariosPassed() {
    return SCENARIOS_PASSED.get();
  }

  /** Returns what model checking finds, or "" for nothing. */
  static String find(Class<?> calls, Class<?> model) {
    try {
      MODEL_CHECKING.options(model).minimizeFailedScenario(false).check(calls);
      return "";
    } catch (LincheckAssertionError found) {
      return found.getMessage();
    }
  }

  private Options<?, ?> options(Class<?> model) {
    Options<?, ?> options =
        this == STRESS
            ? new StressOptions().invocationsPerIteration(STRESS_RUNS)
            : new ModelCheckingOptions().invocationsPerIteration(MODEL_CHECKING_RUNS);
    options.iterations(SCENARIOS);
    options.threads(THREADS).actorsPerThread(CALLS_OF_EACH);
    options.actorsBefore(CALLS_BEFORE_AND_AFTER).actorsAfter(CALLS_BEFORE_AND_AFTER);
    return options.sequentialSpecification(model);
  }
}
