package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page before a server that answers thousands of messages a second. */
@Timeout(120)
class BusyTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final int PER_SECOND = 5_000;

  private static final long WATCHED_MILLIS = 2_000;

  /** Between two pictures, for nineteen of twenty; a machine with other work needs some of it. */
  private static final double GAP_MILLIS_MAX = 100;

  @Test
  void shouldStaySmoothUnderLoadAndCountWhatItLeavesOut() throws IOException {
    WALK.open("live");
    WALK.browser().awaitText(".connection", "Connected");
    try (Stampede stampede = new Stampede(WALK.server().plainPort(), PER_SECOND)) {
      WALK.browser().awaitText(".figures", "not listed");
      double usual = Quickest.millisOf("between two pictures of a busy page", BusyTest::usualGap);
      System.out.printf("that was at %,d messages a second%n", stampede.perSecond());

      assertThat(usual).isLessThan(GAP_MILLIS_MAX);
      assertThat(WALK.browser().all("[role=row][data-id]")).hasSizeBetween(10, 300);
    }
    WALK.browser().press("p");
    WALK.browser().awaitText(".figures", "Paused");
    WALK.board(3).says("W0A01050001\0");
    WALK.browser().awaitText(".strip", "too-long");
  }

  private static double usualGap() {
    List<Double> gaps = WALK.sight().frameGaps(WATCHED_MILLIS);
    return gaps.get(gaps.size() * 95 / 100);
  }
}
