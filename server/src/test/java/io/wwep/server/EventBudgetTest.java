package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventBudgetTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int BUSY = 0x0FAC05;
  private static final int QUIET = 0x0FAD05;

  private final EventFeed feed = new EventFeed();
  private final AtomicInteger firstDrops = new AtomicInteger();
  private final EventBudget budget = new EventBudget(feed, firstDrops::incrementAndGet, 0);

  @AfterEach
  void close() {
    feed.close();
  }

  private AtomicLong watch() {
    AtomicLong dropped = new AtomicLong();
    feed.subscribe(
        new EventFeed.Listener() {
          @Override
          public void event(ServerEvent event) {}

          @Override
          public void dropped(long count) {
            dropped.addAndGet(count);
          }
        });
    return dropped;
  }

  @Test
  void shouldAdmitNothingAndCountNothingWhileNobodyWatches() {
    budget.refresh(0);
    assertThat(budget.admitAccepted(BUSY)).isFalse();
    assertThat(budget.admitRejected()).isFalse();
    assertThat(firstDrops).hasValue(0);
  }

  @Test
  void shouldAdmitSoManyASecondAndReportTheRest() {
    AtomicLong dropped = watch();
    budget.refresh(0);
    int admitted = 0;
    for (int i = 0; i < 5_000; i++) {
      admitted += budget.admitAccepted(BUSY) ? 1 : 0;
    }
    assertThat(admitted)
        .isEqualTo(EventBudget.EVENTS_PER_SECOND_MAX + EventBudget.EVENTS_PER_BUCKET_MAX);
    assertThat(firstDrops).hasValue(1);
    budget.reportDropped();
    feed.close();
    assertThat(dropped).hasValue(5_000 - admitted);
  }

  @Test
  void shouldStillShowRejectionsWhileAcceptedRequestsFlood() {
    watch();
    budget.refresh(0);
    for (int i = 0; i < 5_000; i++) {
      budget.admitAccepted(BUSY);
    }
    assertThat(budget.admitRejected()).isTrue();
    assertThat(budget.admitRejectedAfterAll()).isTrue();
  }

  @Test
  void shouldStillShowTheFirstOfADeviceWhileOthersFlood() {
    watch();
    for (int second = 0; second < 3; second++) {
      budget.refresh(second * SECOND);
      for (int i = 0; i < 5_000; i++) {
        budget.admitAccepted(BUSY);
      }
      assertThat(budget.admitAccepted(QUIET)).isTrue();
      assertThat(budget.admitAccepted(QUIET)).isTrue();
      assertThat(budget.admitAccepted(QUIET)).isFalse();
      assertThat(budget.admitAccepted(BUSY)).isFalse();
    }
  }

  @Test
  void shouldBoundWhatAllDevicesTogetherGet() {
    watch();
    budget.refresh(0);
    int admitted = 0;
    for (int i = 0; i < 1_000_000; i++) {
      admitted += budget.admitAccepted((i & 0xFFFF) << 8) ? 1 : 0;
    }
    assertThat(admitted)
        .isEqualTo(
            EventBudget.EVENTS_PER_SECOND_MAX
                + EventBudget.BUCKETS * EventBudget.EVENTS_PER_BUCKET_MAX);
  }

  @Test
  void shouldStartAfreshWithEachSecond() {
    watch();
    budget.refresh(0);
    for (int i = 0; i < 5_000; i++) {
      budget.admitAccepted(BUSY);
    }
    budget.refresh(SECOND - 1);
    assertThat(budget.admitAccepted(BUSY)).isFalse();
    budget.refresh(SECOND);
    assertThat(budget.admitAccepted(BUSY)).isTrue();
  }
}
