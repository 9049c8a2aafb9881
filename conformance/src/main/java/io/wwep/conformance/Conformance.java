package io.wwep.conformance;

import io.wwep.client.WwepException;
import io.wwep.conformance.cases.Case;
import io.wwep.conformance.cases.Catalogue;
import io.wwep.conformance.cases.Level;
import io.wwep.conformance.wire.Devices;
import io.wwep.conformance.wire.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Holds a server against the protocol, case by case.
 *
 * <pre>{@code
 * Target target = Target.at("192.168.1.7").withPlain(27708);
 * Report report = Conformance.against(target).run(result -> System.out.println(result));
 * }</pre>
 *
 * <p>Immutable. The server has to run with its default times, and nobody else should write to the
 * devices that are used: without {@link #devices} random ones from 0600 up, which no board has,
 * whose registers were not written before.
 */
public final class Conformance {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Target target;
  private final Level level;
  private final List<Integer> devices;
  private final long seed;
  private final Duration limit;

  private Conformance(
      Target target, Level level, List<Integer> devices, long seed, Duration limit) {
    this.target = target;
    this.level = level;
    this.devices = devices;
    this.seed = seed;
    this.limit = limit;
  }

  /**
   * Returns the cases of {@link Level#LECTURE} for a server, to be run within 10 minutes.
   *
   * @param target has at least one port
   */
  public static Conformance against(Target target) {
    return new Conformance(target, Level.LECTURE, List.of(), System.nanoTime(), LIMIT);
  }

  /** Returns the same, with the cases of another level. */
  public Conformance level(Level other) {
    return new Conformance(target, other, devices, seed, limit);
  }

  /**
   * Returns the same, with these devices alone.
   *
   * @param ids 0 to 65,535; those that hold values are passed over, and those without a digit from
   *     A to F
   */
  public Conformance devices(IntStream ids) {
    return new Conformance(target, level, ids.boxed().toList(), seed, limit);
  }

  /** Returns the same, with the devices that random numbers from this seed give. */
  public Conformance seed(long number) {
    return new Conformance(target, level, devices, number, limit);
  }

  /**
   * Returns the same, with another time after which no further case is begun.
   *
   * @param time 10 minutes without this
   */
  public Conformance limit(Duration time) {
    return new Conformance(target, level, devices, seed, time);
  }

  /** Returns the cases that there are for this server, the simplest first. */
  public List<Case> cases() {
    return Catalogue.upTo(level).stream().filter(each -> each.doors().areServedBy(target)).toList();
  }

  /**
   * Tries all cases, one after the other. The caller waits.
   *
   * @param listener gets each result as soon as it is there, on the caller's thread
   * @throws WwepException when a port cannot be reached at all, or its certificate is not trusted
   * @throws InterruptedException when the thread was interrupted
   */
  public Report run(Consumer<CaseResult> listener) throws InterruptedException {
    Reach.require(target);
    Trial trial = trial();
    Endurance endurance = new Endurance(limit);
    List<CaseResult> results = new ArrayList<>();
    for (Case each : cases()) {
      CaseResult result =
          endurance.isOver() ? CaseResult.skipped(each, endurance.reason()) : trial.of(each);
      endurance.saw(result);
      results.add(result);
      listener.accept(result);
    }
    return new Report(target, List.copyOf(results), trial.written());
  }

  /** Returns what tries single cases, on the devices of this run. Thread-safe. */
  public Trial trial() {
    IntStream candidates =
        devices.isEmpty() ? Devices.ofNoBoard(seed) : devices.stream().mapToInt(Integer::intValue);
    return new Trial(target, new Devices(target, level != Level.LECTURE, candidates));
  }
}
