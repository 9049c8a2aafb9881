package io.wwep.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegisterTableTest {

  private static final int ADDRESS_MAX = 0xFFFFFF;

  private final RegisterTable table = new RegisterTable();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 255, 256, 0xFFFF, 0x10000, 0x0FAC0B, ADDRESS_MAX})
  void shouldHoldOneRegisterAndNoNeighbour(int address) {
    assertThat(table.get(address)).isEqualTo(Store.ABSENT);
    table.set(address, 0xFFFF);
    assertThat(table.get(address)).isEqualTo(0xFFFF);
    assertThat(table.get((address + 1) & ADDRESS_MAX)).isEqualTo(Store.ABSENT);
    assertThat(table.get((address - 1) & ADDRESS_MAX)).isEqualTo(Store.ABSENT);
    table.set(address, 0);
    assertThat(table.get(address)).isZero();
    assertThat(table.registerCount()).isOne();
    assertThat(table.deviceCount()).isOne();
  }

  @Test
  void shouldHoldNothingAfterReserving() {
    table.reserve(5);
    assertThat(table.get(5)).isEqualTo(Store.ABSENT);
    assertThat(table.registerCount()).isZero();
  }

  @Test
  void shouldAgreeWithAMap() {
    long seed = System.nanoTime();
    System.out.println("RegisterTableTest seed " + seed);
    Random random = new Random(seed);
    Map<Integer, Integer> model = new HashMap<>();
    Set<Integer> devices = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      int address = random.nextInt(ADDRESS_MAX + 1);
      int value = random.nextInt(65_536);
      table.set(address, value);
      model.put(address, value);
      devices.add(address >> 8);
    }
    model.forEach((address, value) -> assertThat(table.get(address)).isEqualTo(value));
    assertThat(table.registerCount()).isEqualTo(model.size());
    assertThat(table.deviceCount()).isEqualTo(devices.size());
  }

  @Test
  void shouldLoseNoBitWhenThreadsWriteSideBySide() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      var runs =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(
                  offset ->
                      threads.submit(
                          () -> {
                            for (int i = offset; i < 200_000; i += 4) {
                              table.set(i, i & 0xFFFF);
                            }
                          }))
              .toList();
      for (Future<?> run : runs) {
        run.get(20, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(table.registerCount()).isEqualTo(200_000);
  }
}
