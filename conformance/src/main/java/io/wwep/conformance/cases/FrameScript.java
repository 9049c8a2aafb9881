package io.wwep.conformance.cases;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Frames of every legal kind, and the replies that they must get on a fresh device. */
final class FrameScript {

  private static final int FRAMES = 10_000;

  private final StringBuilder frames = new StringBuilder();
  private final StringBuilder replies = new StringBuilder();

  FrameScript(String device, long seed) {
    Random random = new Random(seed);
    Map<Integer, Integer> registers = new HashMap<>();
    for (int i = 0; i < FRAMES; i++) {
      int register = random.nextInt(256);
      boolean write = random.nextInt(3) == 0;
      if (write) {
        registers.put(register, random.nextInt(0x10000));
      }
      Integer value = registers.get(register);
      String id = device + "%02X".formatted(register);
      String frame = write ? "W" + id + "%04X".formatted(value) : "R" + id;
      frames.append(inSomeCase(frame, random)).append(lineEnd(random));
      replies.append(value == null ? "X" : "A" + id + "%04X".formatted(value));
    }
  }

  String frames() {
    return frames.toString();
  }

  String replies() {
    return replies.toString();
  }

  private static String inSomeCase(String frame, Random random) {
    return random.nextBoolean()
        ? frame
        : frame.charAt(0) + frame.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String lineEnd(Random random) {
    return List.of("", "", "\n", "\r\n").get(random.nextInt(4));
  }
}
