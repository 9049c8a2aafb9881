package io.wwep.it.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the crash test's bookkeeping takes and what it finds. */
class LedgerTest {

  private static final int SENT = 10;
  private static final int ACKNOWLEDGED = 6;

  private final Ledger ledger = new Ledger(0x1000);
  private final List<Integer> rows = new ArrayList<>();

  LedgerTest() {
    Random random = new Random(1);
    for (int i = 0; i < SENT; i++) {
      String write = ledger.next(random);
      rows.add(Integer.parseInt(write.substring(5), 16));
    }
    for (int i = 0; i < ACKNOWLEDGED; i++) {
      ledger.acknowledge();
    }
  }

  private void assertFound(List<Integer> history) {
    assertThatThrownBy(() -> ledger.settle(history)).isInstanceOf(AssertionError.class);
  }

  @Test
  void shouldTakeWhatWasAcknowledgedAndTheFirstOfWhatWasUnderWay() {
    assertThat(ledger.settle(rows.subList(0, 8))).isEqualTo(2);
    assertThat(ledger.expectedReplies()).contains("A1000%06X".formatted(rows.get(7)));
  }

  @Test
  void shouldTakeAHistoryWhoseBeginningWasRemoved() {
    assertThat(ledger.settle(rows.subList(3, 6))).isZero();
  }

  @Test
  void shouldFindALostAcknowledgedWrite() {
    assertFound(rows.subList(0, 5));
    assertFound(List.of());
  }

  @Test
  void shouldFindAHole() {
    List<Integer> holed = new ArrayList<>(rows);
    holed.remove(4);
    assertFound(holed);
  }

  @Test
  void shouldFindWhatCameTrueBehindWhatDidNot() {
    List<Integer> skipping = new ArrayList<>(rows.subList(0, 6));
    skipping.add(rows.get(7));
    assertFound(skipping);
  }

  @Test
  void shouldFindAnotherOrderAndARepetition() {
    List<Integer> swapped = new ArrayList<>(rows.subList(0, 6));
    swapped.set(1, rows.get(2));
    swapped.set(2, rows.get(1));
    assertFound(swapped);
    List<Integer> repeated = new ArrayList<>(rows);
    repeated.add(rows.get(9));
    assertFound(repeated);
  }

  @Test
  void shouldFindWhatNobodySent() {
    List<Integer> foreign = new ArrayList<>(rows);
    foreign.set(5, 0x7FFF_FFFF);
    assertFound(foreign);
  }
}
