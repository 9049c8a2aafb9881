package io.wwep.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.console.http.Allowance;
import io.wwep.protocol.RejectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChoiceTest {

  private final Happenings happenings = new Happenings();
  private final EventRing ring = new EventRing();

  @Test
  void shouldShowWhatWentWrongAndEachQuietBoardBesideAFlood() {
    List<FeedEvent> events = new ArrayList<>();
    events.add(ring.add(happenings.accepted("10.0.0.1:1", "W0FAC0B0001")));
    events.add(ring.add(happenings.rejected("10.0.0.2:1", "hello", RejectCode.BAD_COMMAND, "no")));
    for (int i = 0; i < 1_000; i++) {
      events.add(ring.add(happenings.accepted("10.0.0.3:1", "W0FAD0B0001")));
    }
    List<FeedEvent> chosen = Choice.of(events, 10);
    assertThat(chosen)
        .extracting(FeedEvent::id)
        .containsExactly(1L, 2L, 995L, 996L, 997L, 998L, 999L, 1000L, 1001L, 1002L);
    assertThat(Choice.of(events, 0)).isEmpty();
    assertThat(Choice.of(events, 2_000)).isEqualTo(events);
  }

  @Test
  void shouldAllowSoManyASecondAndASecondsWorthAtOnce() {
    Allowance allowance = new Allowance(Reader.EVENTS_PER_SECOND_MAX, 0);
    assertThat(allowance.left(0)).isEqualTo(Reader.EVENTS_PER_SECOND_MAX);
    allowance.take(Reader.EVENTS_PER_SECOND_MAX);
    assertThat(allowance.left(0)).isZero();
    assertThat(allowance.left(TimeUnit.MILLISECONDS.toNanos(100)))
        .isEqualTo(Reader.EVENTS_PER_SECOND_MAX / 10);
    assertThat(allowance.left(TimeUnit.HOURS.toNanos(1))).isEqualTo(Reader.EVENTS_PER_SECOND_MAX);
  }

  @Test
  void shouldKeepNoMoreEventsThanFitIntoTheRing() {
    String sentence = "x".repeat(10_000);
    for (int i = 0; i < 20_000; i++) {
      ring.add(happenings.accepted("10.0.0.1:1", "W0FAC0B0001"));
    }
    assertThat(ring.before(Long.MAX_VALUE)).hasSize(EventRing.EVENTS_MAX);
    for (int i = 0; i < 2_000; i++) {
      ring.add(happenings.notice("10.0.0.1:1", sentence));
    }
    List<FeedEvent> kept = ring.before(Long.MAX_VALUE);
    assertThat(kept).first().extracting(FeedEvent::id).isEqualTo(22_000L);
    assertThat(kept.stream().mapToLong(FeedEvent::bytesMax).sum())
        .isBetween(EventRing.BYTES_MAX * 9L / 10, (long) EventRing.BYTES_MAX);
    assertThat(ring.after(0, 22_000, 5)).first().isEqualTo(kept.get(kept.size() - 1));
  }
}
