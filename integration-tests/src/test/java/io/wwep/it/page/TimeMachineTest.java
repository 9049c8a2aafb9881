package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All registers as they were at any moment, what differs from now, and the way back. */
@Timeout(120)
class TimeMachineTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  @Test
  void shouldShowThePastSetItBackAndTakeThatBack() {
    Board board = WALK.board(3);
    board.says("W0F010B0001");
    board.says("W0F01050001");
    board.says("W0F010B0002");
    board.says("W0F02100007");
    WALK.open("time");
    WALK.browser().awaitText(".moment", "after write 4 of 4");
    WALK.requireNoBarriers();

    WALK.browser().click("‹ Previous write");
    WALK.browser().click("‹ Previous write");
    WALK.browser().awaitText(".moment", "after write 2 of 4");
    WALK.browser().named(".past-cell", "0B: 0001");
    assertThat(WALK.browser().texts(".state-device")).hasSize(1);

    WALK.browser().click("Compare with now");
    WALK.browser().awaitText("table", "0F02");
    assertThat(WALK.browser().texts("tbody tr"))
        .anyMatch(each -> each.matches("(?s).*0F01.*0B.*0001.*0002.*1.*"))
        .anyMatch(each -> each.matches("(?s).*0F02.*10.*unwritten.*0007.*"));
    WALK.requireNoBarriers();
    WALK.browser().named("input[type=checkbox]", "Set 0F01 0B back").click();
    WALK.browser().click("Set back");
    assertThat(WALK.browser().awaitText("dialog", "0F01").getText())
        .contains("0B: 0002 → 0001", "nothing of the history is lost");
    WALK.browser().click("Write 1 register");

    WALK.browser().awaitText(".toasts", "1 register of 1 device set back");
    assertThat(board.says("R0F010B")).isEqualTo("A0F010B0001");
    WALK.browser().click("Undo");
    WALK.browser().awaitText(".toasts", "taken back");
    assertThat(board.says("R0F010B")).isEqualTo("A0F010B0002");
    WALK.browser().awaitText("table", "0F01");
  }
}
