package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class WrittenTimesTest {

  @Test
  void shouldAgreeWithAMapAlsoAfterClearing() {
    long seed = System.nanoTime();
    System.out.println("WrittenTimesTest seed " + seed);
    Random random = new Random(seed);
    WrittenTimes times = new WrittenTimes();
    for (int round = 0; round < 4; round++) {
      Map<Integer, Long> model = new TreeMap<>();
      int count = new int[] {1, 700, 90_000, 300}[round];
      times.reserve(count);
      for (int i = 0; i < count; i++) {
        int address = random.nextInt(round % 2 == 0 ? 1 << 24 : 256);
        times.put(address, i);
        model.put(address, (long) i);
      }
      assertThat(times.size()).isEqualTo(model.size());
      assertThat(times.sorted())
          .containsExactly(model.keySet().stream().mapToInt(a -> a).toArray());
      model.forEach((address, time) -> assertThat(times.timeOf(address)).isEqualTo(time));
      times.clear();
      assertThat(times.size()).isZero();
      assertThat(times.sorted()).isEmpty();
    }
  }

  @Test
  void shouldHoldTheFirstAndTheLastAddress() {
    WrittenTimes times = new WrittenTimes();
    times.put(0, 5);
    times.put(0xFFFFFF, 6);
    times.put(0, 7);
    assertThat(times.sorted()).containsExactly(0, 0xFFFFFF);
    assertThat(times.timeOf(0)).isEqualTo(7);
  }
}
