package io.wwep.fuzz;

import io.wwep.fuzz.model.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Mistakes that a server could make: it takes what happens for something else. With one of them in
 * front of the server a target has to fail, or it proves nothing.
 *
 * <p>{@code fuzz/run parser --fault SKIPS_NUL} plants one.
 */
enum PlantedFault {
  NONE,
  SKIPS_NUL,
  TAKES_LOWER_CASE_COMMANDS,
  TAKES_CR_FOR_LF,
  TAKES_O_FOR_ZERO,
  JOINS_READS,
  FORGETS_PAUSES,
  FORGETS_THE_END;

  /** Returns the fault that the system property names. */
  static PlantedFault planted() {
    return valueOf(System.getProperty("wwep.fuzz.fault", NONE.name()));
  }

  /** Returns the events as a server with this fault takes them. */
  List<Event> apply(List<Event> events) {
    return switch (this) {
      case NONE -> events;
      case SKIPS_NUL -> bytes(events, bytes -> bytes.replace("\0", ""));
      case TAKES_LOWER_CASE_COMMANDS -> bytes(events, bytes -> bytes.replace('w', 'W'));
      case TAKES_CR_FOR_LF -> bytes(events, bytes -> bytes.replace('\r', '\n'));
      case TAKES_O_FOR_ZERO -> bytes(events, bytes -> bytes.replace('O', '0'));
      case JOINS_READS -> join(events);
      case FORGETS_PAUSES -> without(Event.Pause.class, events);
      case FORGETS_THE_END -> without(Event.HalfClose.class, events);
    };
  }

  private static List<Event> bytes(List<Event> events, UnaryOperator<String> change) {
    return events.stream()
        .map(
            each ->
                each instanceof Event.Read read
                    ? new Event.Read(change.apply(read.bytes()), read.last())
                    : each)
        .toList();
  }

  private static List<Event> without(Class<? extends Event> kind, List<Event> events) {
    return events.stream().filter(each -> !kind.isInstance(each)).toList();
  }

  private static List<Event> join(List<Event> events) {
    List<Event> joined = new ArrayList<>();
    for (Event each : events) {
      int last = joined.size() - 1;
      if (each instanceof Event.Read read
          && last >= 0
          && joined.get(last) instanceof Event.Read before) {
        joined.set(last, new Event.Read(before.bytes() + read.bytes(), read.last()));
      } else {
        joined.add(each);
      }
    }
    return joined;
  }
}
