package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventBudgetTest {

  private static final long SECOND = 1_000_000_000L;

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
    assertThat(budget.admitAccepted()).isFalse();
    assertThat(budget.admitRejected()).isFalse();
    assertThat(firstDrops).hasValue(0);
  }

  @Test
  void shouldAdmitSoManyASecondAndReportTheRest() {
    AtomicLong dropped = watch();
    budget.refresh(0);
    int admitted = 0;
    for (int i = 0; i < 5_000; i++) {
      admitted += budget.admitAccepted() ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(EventBudget.EVENTS_PER_SECOND_MAX);
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
      budget.admitAccepted();
    }
    assertThat(budget.admitRejected()).isTrue();
    assertThat(budget.admitRejectedAfterAll()).isTrue();
  }

  @Test
  void shouldStartAfreshWithEachSecond() {
    watch();
    budget.refresh(0);
    for (int i = 0; i < 5_000; i++) {
      budget.admitAccepted();
    }
    budget.refresh(SECOND - 1);
    assertThat(budget.admitAccepted()).isFalse();
    budget.refresh(SECOND);
    assertThat(budget.admitAccepted()).isTrue();
  }
}
