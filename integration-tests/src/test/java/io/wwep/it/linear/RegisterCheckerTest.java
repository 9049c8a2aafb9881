package io.wwep.it.linear;

import static io.wwep.it.linear.Operation.Kind.READ;
import static io.wwep.it.linear.Operation.Kind.UNKNOWN_WRITE;
import static io.wwep.it.linear.Operation.Kind.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.it.Scale;
import io.wwep.it.linear.Operation.Kind;
import io.wwep.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The checker of histories against a search through all orders, and against planted faults. */
class RegisterCheckerTest {

  private final List<Operation> history = new ArrayList<>();

  private RegisterCheckerTest on(int connection, Kind kind, int value, long from, long to) {
    history.add(new Operation(kind, 0x0FAC0B, value, connection, from, to));
    return this;
  }

  private Optional<String> violation() {
    assertThat(ExhaustiveSearch.isLinearizable(history))
        .as("the search through all orders agrees")
        .isEqualTo(RegisterChecker.violation(history).isEmpty());
    return RegisterChecker.violation(history);
  }

  @Test
  void shouldAgreeWithASearchThroughAllOrders() {
    RandomHistory histories = new RandomHistory(new Random(Scale.seed("RegisterCheckerTest")));
    int count = Scale.of(20_000, 2_000_000);
    int linearizable = 0;
    List<List<Operation>> disputed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean isRight = i % 4 == 0;
      List<Operation> random = histories.next(isRight);
      boolean found = RegisterChecker.violation(random).isEmpty();
      boolean expected = isRight || ExhaustiveSearch.isLinearizable(random);
      linearizable += expected ? 1 : 0;
      if (found != expected) {
        disputed.add(random);
      }
    }
    assertThat(disputed).isEmpty();
    assertThat(linearizable).isBetween(count / 3, count * 4 / 5);
  }

  @Test
  void shouldTakeAnyOrderOfWhatOverlaps() {
    on(1, WRITE, 1, 0, 100).on(2, WRITE, 2, 0, 100).on(3, READ, 2, 20, 30).on(3, READ, 1, 40, 50);
    assertThat(violation()).isEmpty();
  }

  @Test
  void shouldFindAStaleRead() {
    on(1, WRITE, 1, 0, 10).on(1, WRITE, 2, 20, 30).on(2, READ, 1, 40, 50);
    assertThat(violation().orElseThrow()).contains("came before").contains("0FAC0B = 0001");
  }

  @Test
  void shouldFindALostWrite() {
    on(1, WRITE, 1, 0, 10).on(2, READ, Store.ABSENT, 20, 30);
    assertThat(violation()).isPresent();
  }

  @Test
  void shouldFindAValueFromNowhere() {
    on(1, WRITE, 1, 0, 10).on(2, READ, 3, 20, 30);
    assertThat(violation().orElseThrow()).contains("from nowhere").contains("0003");
  }

  @Test
  void shouldFindAValueReadBeforeItWasWritten() {
    on(1, READ, 1, 0, 10).on(2, WRITE, 1, 20, 30);
    assertThat(violation().orElseThrow()).contains("before it was written");
  }

  @Test
  void shouldFindAnUnknownWriteThatWasReadAndIsGone() {
    on(1, WRITE, 1, 0, 10).on(2, UNKNOWN_WRITE, 2, 20, 90).on(1, READ, 2, 30, 40);
    assertThat(violation()).isEmpty();
    on(3, READ, 1, 100, 110);
    assertThat(violation()).isPresent();
  }

  @Test
  void shouldFindAnUnknownWriteThatComesTrueTooLate() {
    on(1, WRITE, 1, 0, 10).on(2, UNKNOWN_WRITE, 2, 20, 90).on(1, READ, 1, 100, 110);
    assertThat(violation()).isEmpty();
    on(1, READ, 2, 120, 130);
    assertThat(violation()).isPresent();
  }

  @Test
  void shouldLetAnUnknownWriteComeTrueLaterOrNever() {
    on(1, UNKNOWN_WRITE, 1, 0, Long.MAX_VALUE).on(2, UNKNOWN_WRITE, 2, 0, Long.MAX_VALUE);
    on(3, READ, Store.ABSENT, 50, 60).on(3, READ, 2, 70, 80);
    assertThat(violation()).isEmpty();
  }

  @Test
  void shouldHoldTheOrderOfPipelinedRequests() {
    on(1, WRITE, 1, 0, 100).on(1, WRITE, 2, 0, 100).on(2, READ, 2, 10, 20).on(2, READ, 1, 30, 40);
    assertThat(violation()).as("2 was sent after 1").isPresent();
  }

  @Test
  void shouldFindAPipelinedReadThatSeesTheWriteBehindIt() {
    on(1, READ, 1, 0, 100).on(1, WRITE, 1, 0, 100);
    assertThat(violation().orElseThrow()).contains("ahead of the request");
  }

  @Test
  void shouldFindACircleOfThree() {
    on(1, WRITE, 1, 0, 100).on(1, WRITE, 2, 0, 100);
    on(2, WRITE, 3, 0, 100).on(2, READ, 1, 0, 100);
    on(3, READ, 2, 0, 100).on(3, READ, 3, 0, 100);
    assertThat(violation().orElseThrow()).contains("= 0001").contains("= 0002").contains("= 0003");
  }

  @Test
  void shouldRefuseTwoWritesOfOneValue() {
    on(1, WRITE, 1, 0, 10).on(2, WRITE, 1, 20, 30);
    assertThatThrownBy(() -> RegisterChecker.violation(history))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("written twice");
  }

  /** As many as 65,536 values allow, and one stale read among them. */
  @Test
  void shouldCheckAFullRegisterQuickly() {
    for (int i = 0; i < 60_000; i++) {
      on(1, WRITE, i, 10L * i, 10L * i + 12).on(2, READ, i, 10L * i + 11, 10L * i + 15);
    }
    assertThat(RegisterChecker.violation(history)).isEmpty();
    on(3, READ, 29_999, 300_050, 300_060);
    assertThat(RegisterChecker.violation(history)).isPresent();
  }
}
