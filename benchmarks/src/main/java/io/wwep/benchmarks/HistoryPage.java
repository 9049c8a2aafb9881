package io.wwep.benchmarks;

import io.wwep.store.StoreException;
import io.wwep.store.sqlite.AddressRange;
import io.wwep.store.sqlite.HistoryOrder;
import io.wwep.store.sqlite.HistoryReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Times the first page of the history of one register, each time with a reader of its own. */
final class HistoryPage {

  private static final int PAGES = 51;
  private static final int ENTRIES = 50;

  /** Odd, so that the addresses are spread over all devices. */
  private static final int STRIDE = 0x9E3779;

  private HistoryPage() {}

  /**
   * Arguments: the data directory, and how many registers of each device were written, 1 to 256.
   * Prints the median in milliseconds, and the first page of the process.
   */
  public static void main(String[] args) {
    try {
      double[] millis = times(Path.of(args[0]), Integer.parseInt(args[1]));
      double first = millis[0];
      Arrays.sort(millis);
      System.out.printf(Locale.ROOT, "%.2f %.2f%n", millis[PAGES / 2], first);
    } catch (StoreException e) {
      System.err.println("history: " + e.getMessage());
      System.exit(2);
    }
  }

  private static double[] times(Path data, int registers) {
    double[] millis = new double[PAGES];
    for (int i = 0; i < PAGES; i++) {
      int device = i * STRIDE & 0xFFFF;
      int register = i * 37 % registers;
      long start = System.nanoTime();
      try (HistoryReader reader = HistoryReader.openIn(data)) {
        AddressRange one = AddressRange.of(device << 8 | register);
        if (reader.writes(one, 0, Long.MAX_VALUE, ENTRIES, HistoryOrder.NEWEST_FIRST).isEmpty()) {
          throw new StoreException(
              "device %04X has no history of register %02X: fill it first"
                  .formatted(device, register));
        }
      }
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return millis;
  }
}
