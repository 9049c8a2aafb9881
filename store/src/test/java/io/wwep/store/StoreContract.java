package io.wwep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine does. */
public abstract class StoreContract {

  private static final int ADDRESS = 0x0FAC0B;
  private static final int ADDRESS_MAX = 0xFFFFFF;

  private Store store;

  protected abstract Store open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void shouldReadAbsentWhereNobodyWrote() {
    assertThat(Call.from(Call.PLAIN).thenRead(ADDRESS).runOn(store).values())
        .containsExactly(Store.ABSENT);
    assertThat(store.read(ADDRESS)).isEqualTo(Store.ABSENT);
  }

  @Test
  void shouldTellAWrittenZeroFromAbsent() {
    Call.write(ADDRESS, 0).runOn(store);
    assertThat(store.read(ADDRESS)).isZero();
    assertThat(store.read(ADDRESS + 1)).isEqualTo(Store.ABSENT);
  }

  @Test
  void shouldKeepTheOrderWithinABatchAndReadItsOwnWrites() {
    Call call =
        Call.from(Call.PLAIN)
            .thenRead(ADDRESS)
            .thenWrite(ADDRESS, 1)
            .thenRead(ADDRESS)
            .thenWrite(ADDRESS, 2)
            .thenWrite(ADDRESS + 1, 0xFFFF)
            .thenRead(ADDRESS)
            .thenRead(ADDRESS + 1);
    assertThat(call.runOn(store).values())
        .containsExactly(Store.ABSENT, 1, 1, 2, 0xFFFF, 2, 0xFFFF);
    assertThat(call.failure()).isNull();
  }

  @Test
  void shouldPassOverGaps() {
    Call call = Call.from(Call.TLS).thenGap(7).thenWrite(ADDRESS, 5).thenGap(-3).thenRead(ADDRESS);
    assertThat(call.runOn(store).values()).containsExactly(7, 5, -3, 5);
    assertThat(store.registerCount()).isOne();
  }

  @Test
  void shouldCompleteABatchOfGapsAndAnEmptyOne() {
    assertThat(Call.from(Call.PLAIN).thenGap(1).runOn(store).values()).containsExactly(1);
    assertThat(Call.from(Call.PLAIN).runOn(store).values()).isEmpty();
  }

  @Test
  void shouldCompleteABatchOfReadsWithinTheCall() {
    assertThat(Call.from(Call.PLAIN).thenRead(ADDRESS).startOn(store).isDone()).isTrue();
  }

  @Test
  void shouldCompleteAndFlushEachBatchOnce() {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      calls.add(Call.write(i, i).thenRead(i).startOn(store));
    }
    calls.forEach(Call::await);
    store.close();
    assertThat(calls).allSatisfy(call -> assertThat(call.completions).hasValue(1));
    assertThat(calls).allSatisfy(call -> assertThat(call.flushes).hasValue(1));
  }

  @Test
  void shouldHoldTheFirstAndTheLastRegister() {
    Call.write(0, 0xFFFF).thenWrite(ADDRESS_MAX, 0xFFFE).runOn(store);
    assertThat(store.read(0)).isEqualTo(0xFFFF);
    assertThat(store.read(ADDRESS_MAX)).isEqualTo(0xFFFE);
    assertThat(store.deviceCount()).isEqualTo(2);
    assertThat(store.registerCount()).isEqualTo(2);
  }

  @Test
  void shouldTakeOneBatchOfManyWrites() {
    Random random = new Random(20);
    Call call = Call.from(Call.PLAIN);
    int[] expected = new int[3000];
    for (int i = 0; i < 40_000; i++) {
      int address = random.nextInt(expected.length);
      expected[address] = random.nextInt(65_536);
      call.thenWrite(address, expected[address]);
    }
    call.runOn(store);
    assertThat(call.failure()).isNull();
    for (int address = 0; address < expected.length; address++) {
      assertThat(store.read(address)).as("address %d", address).isEqualTo(expected[address]);
    }
  }

  @Test
  void shouldTellListenersEachWriteInCommitOrderBeforeCompletion() {
    List<String> feed = new ArrayList<>();
    List<Long> sequences = new ArrayList<>();
    store.addListener(
        (sequence, timeMillis, address, value, origin) -> {
          sequences.add(sequence);
          feed.add("%06X=%d %s %b".formatted(address, value, origin.address(), origin.secure()));
        });
    long before = System.currentTimeMillis();
    store.addListener(
        (sequence, timeMillis, address, value, origin) ->
            assertThat(timeMillis).isBetween(before, System.currentTimeMillis()));
    Call.write(ADDRESS, 1).thenRead(ADDRESS).thenWrite(ADDRESS, 2).runOn(store);
    Call.from(Call.TLS).thenGap(4).thenWrite(3, 9).runOn(store);
    assertThat(feed)
        .containsExactly(
            "0FAC0B=1 192.0.2.7 false", "0FAC0B=2 192.0.2.7 false", "000003=9 2001:db8::9 true");
    assertThat(sequences).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldShowAWriteToReadersOnceListenersHearOfIt() {
    AtomicInteger seen = new AtomicInteger();
    store.addListener(
        (sequence, timeMillis, address, value, origin) -> seen.set(store.read(address)));
    Call.write(ADDRESS, 77).runOn(store);
    assertThat(seen).hasValue(77);
  }

  @Test
  void shouldFailWritesAndAnswerReadsWhenClosed() {
    Call.write(ADDRESS, 1).runOn(store);
    store.close();
    Call late = Call.write(ADDRESS, 2).thenRead(ADDRESS).thenGap(5).startOn(store);
    assertThat(late.isDone()).isTrue();
    assertThat(late.values()).containsExactly(Batch.FAILED, 1, 5);
    assertThat(late.failure()).contains("shutting down").contains("write again");
    assertThat(Call.from(Call.PLAIN).thenRead(ADDRESS).runOn(store).values()).containsExactly(1);
  }

  @Test
  void shouldAllowClosingTwice() {
    store.close();
    store.close();
    assertThat(Call.write(1, 1).runOn(store).values()).containsExactly(Batch.FAILED);
  }

  @Test
  void shouldRejectAddressesAndValuesOutOfRange() {
    Call call = Call.from(Call.PLAIN);
    assertThatThrownBy(() -> call.thenWrite(ADDRESS_MAX + 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("address must be 0 to 16777215 (0xFFFFFF), not 16777216");
    assertThatThrownBy(() -> call.thenRead(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not -1");
    assertThatThrownBy(() -> call.thenWrite(0, 65_536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value must be 0 to 65535");
    assertThat(call.values()).isEmpty();
  }
}
