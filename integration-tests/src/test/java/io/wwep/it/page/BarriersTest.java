package io.wwep.it.page;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each view in light and dark and on phones: nothing keeps anybody out, nothing sticks out. */
@Timeout(120)
class BarriersTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  @BeforeAll
  static void fill() {
    WALK.board(1).says("W1CCA050001");
    WALK.board(2).says("W1CCA050000");
    WALK.board(1).says("W1CCA050001");
    WALK.board(4).says("W1CCB0B1234\0");
    WALK.board(5).saysByTls("W1CCC0B1234");
    WALK.board(6).says("hello");
    WALK.board(7).refusesTheCertificate();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "live",
        "live?device=ABCD",
        "boards",
        "registers",
        "registers/1CCA?open=05",
        "history",
        "history?r=1CCA05",
        "time",
        "time?n=1&with=now",
        "server",
        "board"
      })
  void shouldKeepNobodyOutAndStickOutNowhere(String view) {
    WALK.open(view);
    WALK.browser().await("main > *");

    WALK.requireNoBarriers();
    for (int width : new int[] {390, 360}) {
      WALK.browser().look(new Look(width, 780, false));
      // A chart takes its new width when it is told of it.
      WALK.browser().awaitUntil("view of " + width, () -> WALK.sight().sideways() == 0);
    }
  }
}
