package io.wwep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
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
  void shouldStoreABatchWhoseExpectationsHold() {
    Call.write(ADDRESS, 1).runOn(store);
    Call call =
        Call.from(Call.PLAIN)
            .thenExpect(ADDRESS, 1)
            .thenExpect(ADDRESS + 1, Store.ABSENT)
            .thenWrite(ADDRESS, 2)
            .thenWrite(ADDRESS + 1, 3)
            .thenRead(ADDRESS);
    assertThat(call.runOn(store).values()).containsExactly(2, 3, 2);
    assertThat(call.failure()).isNull();
    assertThat(call.isConflict()).isFalse();
    assertThat(call.conflictAddress()).isEqualTo(-1);
    assertThat(call.conflictValue()).isEqualTo(Store.ABSENT);
    assertThat(store.read(ADDRESS)).isEqualTo(2);
    assertThat(store.read(ADDRESS + 1)).isEqualTo(3);
  }

  @Test
  void shouldStoreNothingOfABatchWhenOneExpectationDoesNotHold() {
    Call.write(ADDRESS, 1).runOn(store);
    List<Integer> told = new ArrayList<>();
    store.addListener((sequence, timeMillis, address, value, origin) -> told.add(value));
    Call call =
        Call.from(Call.PLAIN)
            .thenExpect(ADDRESS + 1, Store.ABSENT)
            .thenExpect(ADDRESS, 0xABCD)
            .thenWrite(ADDRESS + 1, 3)
            .thenRead(ADDRESS)
            .thenGap(9)
            .thenWrite(ADDRESS, 2);
    assertThat(call.runOn(store).values()).containsExactly(Batch.CONFLICT, 1, 9, Batch.CONFLICT);
    assertThat(call.isConflict()).isTrue();
    assertThat(call.conflictAddress()).isEqualTo(ADDRESS);
    assertThat(call.conflictValue()).isEqualTo(1);
    assertThat(call.failure())
        .isEqualTo(
            "register 0B of device 0FAC has the value 0001 and not ABCD: nothing was stored, read it again and decide anew");
    assertThat(store.read(ADDRESS)).isEqualTo(1);
    assertThat(store.read(ADDRESS + 1)).isEqualTo(Store.ABSENT);
    assertThat(told).isEmpty();
    assertThat(call.completions).hasValue(1);
    assertThat(call.flushes).hasValue(1);
  }

  @Test
  void shouldTellAWrittenZeroFromAbsentInExpectations() {
    Call absent = Call.write(ADDRESS, 1).thenExpect(ADDRESS, 0).runOn(store);
    assertThat(absent.conflictValue()).isEqualTo(Store.ABSENT);
    assertThat(absent.failure()).contains("was never written and not 0000");
    Call.write(ADDRESS, 0).runOn(store);
    Call written = Call.write(ADDRESS, 1).thenExpect(ADDRESS, Store.ABSENT).runOn(store);
    assertThat(written.conflictValue()).isZero();
    assertThat(written.failure()).contains("has the value 0000 and not unwritten");
    assertThat(Call.write(ADDRESS, 1).thenExpect(ADDRESS, 0).runOn(store).failure()).isNull();
  }

  @Test
  void shouldForgetExpectationsAndConflictsWhenABatchIsUsedAgain() {
    Call call = Call.write(ADDRESS, 1).thenExpect(ADDRESS, 7).runOn(store);
    assertThat(call.isConflict()).isTrue();
    Call again = call.again().thenWrite(ADDRESS, 2);
    assertThat(again.isConflict()).isFalse();
    assertThat(again.runOn(store).values()).containsExactly(2);
    assertThat(again.failure()).isNull();
  }

  @Test
  void shouldFailWhatIsConditionalWhenClosed() {
    store.close();
    Call late = Call.write(ADDRESS, 1).thenExpect(ADDRESS, 7).runOn(store);
    assertThat(late.values()).containsExactly(Batch.FAILED);
    assertThat(late.isConflict()).isFalse();
  }

  @Test
  void shouldLimitExpectations() {
    Call call = Call.write(0, 1);
    for (int i = 0; i < Batch.EXPECTATIONS_MAX; i++) {
      call.thenExpect(i, Store.ABSENT);
    }
    assertThatThrownBy(() -> call.thenExpect(0, Store.ABSENT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at most 1024 expectations");
    assertThat(call.runOn(store).failure()).isNull();
  }

  @Test
  void shouldListTheRegistersOfADevice() {
    Call.write(0x0FAB_FF, 1).thenWrite(0x0FAC_00, 2).thenWrite(0x0FAC_FF, 0).runOn(store);
    Call.write(0x0FAD_00, 3).runOn(store);
    int[] values = store.registersOf(0x0FAC);
    assertThat(values).hasSize(256);
    assertThat(values[0]).isEqualTo(2);
    assertThat(values[0xFF]).isZero();
    assertThat(Arrays.copyOfRange(values, 1, 0xFF)).containsOnly(Store.ABSENT);
    assertThat(store.registersOf(0xFFFF)).containsOnly(Store.ABSENT);
    assertThatThrownBy(() -> store.registersOf(0x1_0000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device must be 0 to 65535 (0xFFFF), not 65536");
  }

  @Test
  void shouldListDevicesPageByPage() {
    Call.write(0x0000_01, 1).thenWrite(0x0000_02, 1).thenWrite(0x0FAC_0B, 1).runOn(store);
    Call.write(0xFFFE_00, 1).thenWrite(0xFFFF_FF, 1).runOn(store);
    List<String> devices = new ArrayList<>();
    DeviceVisitor visitor =
        (device, registers) -> devices.add("%04X %d".formatted(device, registers));

    assertThat(store.visitDevices(0, 2, visitor)).isEqualTo(0xFFFE);
    assertThat(devices).containsExactly("0000 2", "0FAC 1");
    assertThat(store.visitDevices(0xFFFE, 2, visitor)).isEqualTo(Store.NO_DEVICE);
    assertThat(devices).containsExactly("0000 2", "0FAC 1", "FFFE 1", "FFFF 1");
    assertThat(store.visitDevices(0x0FAD, 1, visitor)).isEqualTo(0xFFFF);
    assertThat(devices).endsWith("FFFE 1");
  }

  @Test
  void shouldRefuseToListWhatIsNoDevice() {
    DeviceVisitor none = (device, registers) -> {};
    assertThat(store.visitDevices(0, 1, none)).isEqualTo(Store.NO_DEVICE);
    assertThatThrownBy(() -> store.visitDevices(-1, 1, none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("device must be 0 to 65535");
    assertThatThrownBy(() -> store.visitDevices(0, 0, none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be 1 or more, not 0");
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
    assertThatThrownBy(() -> call.thenExpect(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not -1");
    assertThatThrownBy(() -> call.thenExpect(0, -2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value must be 0 to 65535");
    assertThatThrownBy(() -> call.thenWrite(0, 65_536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("value must be 0 to 65535");
    assertThat(call.values()).isEmpty();
  }
}
