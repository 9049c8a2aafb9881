package io.wwep.tap;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Keeps what a tap tells. */
final class Seen implements TapListener {

  private final List<TapEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicLong dropped = new AtomicLong();

  @Override
  public void event(TapEvent event) {
    events.add(event);
  }

  @Override
  public void dropped(long count) {
    dropped.addAndGet(count);
  }

  <T extends TapEvent> List<T> all(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <T extends TapEvent> T awaitEvent(Class<T> kind, Predicate<T> wanted) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> all(kind).stream().filter(wanted).findFirst().orElse(null),
            found -> found != null);
  }

  /** Waits for the end of so many connections; what they did has been told then. */
  void awaitClosed(int connections) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> all(TapEvent.Closed.class).size() >= connections);
  }

  List<String> shown(Side from) {
    return all(TapEvent.Segment.class).stream()
        .filter(each -> each.from() == from)
        .map(TapEvent.Segment::shown)
        .toList();
  }
}
