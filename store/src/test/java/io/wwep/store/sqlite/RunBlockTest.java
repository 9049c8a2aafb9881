package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunBlockTest {

  private static final int ADDRESS_MAX = 0xFF_FFFF;

  private static List<Long> numbersIn(List<RunBlock> blocks, int first, int last)
      throws SQLException {
    List<Long> numbers = new ArrayList<>();
    for (RunBlock block : blocks) {
      block.visit(first, last, (number, address) -> numbers.add(number));
    }
    return numbers;
  }

  private static long[] pairs(int... addresses) {
    long[] pairs = new long[addresses.length];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = RunBlock.pair(addresses[i], i);
    }
    return pairs;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 300, 16_000, 1 << 24})
  void shouldFindWhatWasPacked(int registers) throws SQLException {
    long seed = System.nanoTime();
    System.out.println("RunBlockTest seed " + seed);
    int[] addresses = new Random(seed).ints(RunBlock.RUN_WRITES, 0, registers).toArray();
    long[] pairs = pairs(addresses);
    RunBuilder.sortByAddress(pairs, new long[pairs.length], pairs.length);
    List<RunBlock> blocks = RunBlock.pack(77, pairs, pairs.length);
    assertThat(blocks).extracting(RunBlock::key).isSorted().doesNotHaveDuplicates();
    assertThat(blocks)
        .allSatisfy(
            block -> {
              assertThat(block.run()).isEqualTo(77);
              assertThat(block.pairs().length).isBetween(1, RunBlock.BYTES_MAX);
            });
    for (int i = 0; i < 50; i++) {
      int wanted = addresses[i * 997];
      List<Long> expected = new ArrayList<>();
      for (int j = 0; j < addresses.length; j++) {
        if (addresses[j] == wanted) {
          expected.add((77L << 16) + j);
        }
      }
      assertThat(numbersIn(blocks, wanted, wanted)).isEqualTo(expected);
    }
    assertThat(numbersIn(blocks, 0, ADDRESS_MAX)).hasSize(addresses.length);
  }

  @Test
  void shouldTakeTheFirstAndTheLastOfAll() throws SQLException {
    long[] pairs = pairs(0, 5, ADDRESS_MAX - 1, ADDRESS_MAX);
    long lastRun = (1L << 31) - 1;
    List<RunBlock> blocks = RunBlock.pack(lastRun, pairs, pairs.length);
    assertThat(blocks).hasSize(1);
    long base = lastRun << 16;
    assertThat(numbersIn(blocks, 0, 0)).containsExactly(base);
    assertThat(numbersIn(blocks, ADDRESS_MAX, ADDRESS_MAX)).containsExactly(base + 3);
    assertThat(numbersIn(blocks, 1, 4)).isEmpty();
    assertThat(blocks.get(0).key())
        .isBetween(RunBlock.firstKey(lastRun), RunBlock.lastKey(lastRun, 0));
    assertThat(RunBlock.lastKey(lastRun, ADDRESS_MAX)).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "0, 65535, 3", "5, 300, 3", "16777215, 65535, 6"})
  void shouldBeginWithTheRun(int address, int position, int differenceBytes) {
    long[] pairs = {RunBlock.pair(address, position)};
    RunBlock block = RunBlock.pack(3, pairs, 1).get(0);
    assertThat(block.key()).isEqualTo(RunBlock.firstKey(3));
    assertThat(block.next()).isEqualTo(RunBlock.LAST);
    assertThat(block.pairs().length).isLessThanOrEqualTo(differenceBytes);
    assertThat(block.goesOnBefore(0)).isFalse();
  }

  @Test
  void shouldNameTheNextBlockAndHaveAKeyThatTheSeekFinds() {
    int[] addresses = new Random(1).ints(RunBlock.RUN_WRITES, 0, 1 << 24).sorted().toArray();
    long[] pairs = pairs(addresses);
    List<RunBlock> blocks = RunBlock.pack(3, pairs, pairs.length);
    assertThat(blocks).hasSizeGreaterThan(10);
    for (int i = 0; i < blocks.size(); i++) {
      RunBlock block = blocks.get(i);
      assertThat(block.next())
          .isEqualTo(i + 1 < blocks.size() ? blocks.get(i + 1).key() : RunBlock.LAST);
      int address = (int) (block.key() & 0xFFFF_FFFFL) >>> 8;
      assertThat(block.key()).isLessThanOrEqualTo(RunBlock.lastKey(3, address));
      assertThat(block.goesOnBefore(address)).isEqualTo(i > 0);
      assertThat(block.goesOnBefore(address + 1)).isFalse();
    }
  }

  @Test
  void shouldMakeNothingOfNothing() {
    assertThat(RunBlock.pack(0, new long[0], 0)).isEmpty();
  }

  @Test
  void shouldNoticeThatABlockIsCut() {
    long[] pairs = pairs(1, 70_000);
    byte[] bytes = RunBlock.pack(0, pairs, 2).get(0).pairs();
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    assertThatThrownBy(
            () ->
                new RunBlock(0, cut, RunBlock.LAST).visit(0, ADDRESS_MAX, (number, address) -> {}))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("cut");
  }

  @Test
  void shouldSortByAddressAndKeepTheOrderOfWrites() {
    Random random = new Random(5);
    long[] pairs = pairs(random.ints(10_000, 0, 1 << 24).map(a -> a & 0xFF0F0F).toArray());
    long[] expected = pairs.clone();
    Arrays.sort(expected);
    RunBuilder.sortByAddress(pairs, new long[pairs.length], pairs.length);
    assertThat(pairs).isEqualTo(expected);
  }
}
