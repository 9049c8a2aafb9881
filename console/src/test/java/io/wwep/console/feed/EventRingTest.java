package io.wwep.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.protocol.RejectCode;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventRingTest {

  private static final String PEER = "192.168.1.7:50001";

  private final Happenings happenings = new Happenings();
  private final EventRing ring = new EventRing();

  private void accepted(int count) {
    for (int i = 0; i < count; i++) {
      ring.add(happenings.accepted(PEER, "W0FAC0B1234"));
    }
  }

  private void rejected(int count) {
    for (int i = 0; i < count; i++) {
      ring.add(happenings.rejected(PEER, "hello", RejectCode.BAD_COMMAND, "send R or W"));
    }
  }

  private List<Long> before(long id) {
    return ring.before(id).stream().map(FeedEvent::id).toList();
  }

  @Test
  void shouldKeepWhatWentWrongBehindAFloodOfGoodMessages() {
    accepted(5);
    rejected(2);
    accepted(EventRing.EVENTS_MAX);

    assertThat(before(Long.MAX_VALUE))
        .hasSize(EventRing.EVENTS_MAX + 2)
        .startsWith(EventRing.EVENTS_MAX + 7L)
        .endsWith(8L, 7L, 6L);
    assertThat(before(7)).containsExactly(6L);
  }

  @Test
  void shouldForgetTheOldestOfThat() {
    rejected(EventRing.WRONG_MAX + 3);
    accepted(EventRing.EVENTS_MAX);

    assertThat(before(EventRing.WRONG_MAX + 4L))
        .containsExactlyElementsOf(
            LongStream.iterate(EventRing.WRONG_MAX + 3L, id -> id - 1)
                .limit(EventRing.WRONG_MAX)
                .boxed()
                .toList());
  }

  @Test
  void shouldGoOnInTheOrderInWhichEventsCameWithoutTheForgottenOnes() {
    rejected(1);
    accepted(EventRing.EVENTS_MAX + 1);

    assertThat(ring.after(0, ring.last(), 3)).extracting(FeedEvent::id).containsExactly(3L, 4L, 5L);
  }
}
