package io.wwep.it.power;

import io.wwep.it.power.PowerTrace.Event;
import io.wwep.it.power.PowerTrace.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Chooses the moments of a trace at which the power is cut: indexes of events, behind which nothing
 * comes.
 */
final class Moments {

  /** How far from what is interesting a moment may be, in events. */
  private static final int NEAR = 4;

  private final List<Event> events;
  private final int end;
  private final Random random;
  private final List<Integer> chosen = new ArrayList<>();

  /**
   * @param end only events before this index
   */
  Moments(PowerTrace trace, int end, Random random) {
    events = trace.events();
    this.end = Math.min(end, events.size());
    this.random = random;
  }

  /** Adds moments anywhere. */
  Moments anywhere(int count) {
    for (int i = 0; i < count; i++) {
      chosen.add(random.nextInt(end));
    }
    return this;
  }

  /** Adds moments at which a checkpoint is on its way: the database file itself is written. */
  Moments atCheckpoints(int count) {
    return near(
        count, event -> event.isOf("wwep.db") && (event.isSync() || event.kind() == Kind.WRITTEN));
  }

  /** Adds moments at which a sync has failed, and all is written anew: to the database at last. */
  Moments atRepairs(int count) {
    List<Integer> found = new ArrayList<>();
    boolean repairing = false;
    for (int i = 0; i < end; i++) {
      Event event = events.get(i);
      repairing |= event.kind() == Kind.FAILED;
      if (repairing && event.isOf("wwep.db")) {
        found.add(i);
        repairing = event.kind() != Kind.SYNCED;
      }
    }
    return near(count, found);
  }

  /** Adds moments at which files come, go, and begin anew, as at starts and ends. */
  Moments atTurns(int count) {
    return near(
        count,
        event ->
            switch (event.kind()) {
              case CREATED, MADE_DIRECTORY, REMOVED, RESIZED -> true;
              case WRITTEN -> event.isOf("-wal") && event.offset() == 0;
              default -> false;
            });
  }

  private Moments near(int count, Predicate<Event> wanted) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < end; i++) {
      if (wanted.test(events.get(i))) {
        found.add(i);
      }
    }
    return near(count, found);
  }

  private Moments near(int count, List<Integer> found) {
    for (int i = 0; i < count && !found.isEmpty(); i++) {
      int moment = found.get(random.nextInt(found.size())) + random.nextInt(2 * NEAR + 1) - NEAR;
      chosen.add(Math.max(0, Math.min(end - 1, moment)));
    }
    return this;
  }

  /** Adds each moment once, up to an index. */
  Moments each(int before) {
    for (int i = 0; i < Math.min(before, end); i++) {
      chosen.add(i);
    }
    return this;
  }

  /** Returns them in ascending order. */
  List<Integer> sorted() {
    return chosen.stream().sorted().toList();
  }
}
