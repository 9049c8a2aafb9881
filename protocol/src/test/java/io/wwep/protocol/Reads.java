package io.wwep.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ways in which TCP can cut one stream into reads; a char stands for a byte. */
final class Reads {

  /** More would take minutes; the seeded tests go further. */
  private static final int SPLIT_LENGTH_MAX = 20;

  private Reads() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns all 2^(n-1) ways to cut a text of n bytes into reads. */
  static Stream<List<String>> everySplit(String sent) {
    if (sent.isEmpty() || sent.length() > SPLIT_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "length must be 1 to %d, not %d".formatted(SPLIT_LENGTH_MAX, sent.length()));
    }
    return IntStream.range(0, 1 << (sent.length() - 1)).mapToObj(cuts -> split(sent, cuts));
  }

  /** Cuts behind byte i where bit i of {@code cuts} is set. */
  private static List<String> split(String sent, int cuts) {
    List<String> reads = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < sent.length() - 1; i++) {
      if ((cuts >> i & 1) == 1) {
        reads.add(sent.substring(start, i + 1));
        start = i + 1;
      }
    }
    reads.add(sent.substring(start));
    return reads;
  }

  /** Returns one way, chosen by {@code random}, to cut a text into reads of at most {@code max}. */
  static List<String> randomSplit(String sent, int max, RandomGenerator random) {
    List<String> reads = new ArrayList<>();
    int start = 0;
    while (start < sent.length()) {
      int end = Math.min(sent.length(), start + 1 + random.nextInt(max));
      reads.add(sent.substring(start, end));
      start = end;
    }
    return reads;
  }

  /** Returns where the read that holds byte {@code index} of the stream ends, exclusively. */
  static int endOfReadWith(int index, List<String> reads) {
    int end = 0;
    for (String read : reads) {
      end += read.length();
      if (index < end) {
        return end;
      }
    }
    throw new IllegalArgumentException("no byte %d in %s".formatted(index, reads));
  }
}
