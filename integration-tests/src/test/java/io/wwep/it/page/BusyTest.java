package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page before a server that answers thousands of messages a second. */
@Timeout(120)
class BusyTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final int PER_SECOND = 5_000;

  private static final long WATCHED_MILLIS = 4_000;

  /** Between two pictures, for nineteen of twenty; a machine with other work needs some of it. */
  private static final double GAP_MILLIS_MAX = 150;

  @Test
  void shouldStaySmoothUnderLoadAndCountWhatItLeavesOut() throws Exception {
    WALK.open("live");
    WALK.browser().awaitText(".connection", "Connected");
    try (Stampede stampede = new Stampede(WALK.server().plainPort(), PER_SECOND)) {
      WALK.browser().awaitText(".figures", "not listed");
      List<Double> gaps = WALK.sight().frameGaps(WATCHED_MILLIS);
      double usual = gaps.get(gaps.size() * 95 / 100);
      System.out.printf(
          "a page at %,d messages a second: %d pictures in %d ms, 95%% of them within %.0f ms, the"
              + " slowest within %.0f ms%n",
          stampede.perSecond(), gaps.size(), WATCHED_MILLIS, usual, gaps.get(gaps.size() - 1));

      assertThat(usual).isLessThan(GAP_MILLIS_MAX);
      assertThat(WALK.browser().all("[role=row][data-id]")).hasSizeBetween(10, 300);
    }
    WALK.browser().press("p");
    WALK.browser().awaitText(".figures", "Paused");
    WALK.board(3).says("W0A01050001\0");
    WALK.browser().awaitText(".strip", "too-long");
  }
}
