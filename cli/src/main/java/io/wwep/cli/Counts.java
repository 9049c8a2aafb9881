package io.wwep.cli;

import java.util.Locale;

/** Numbers with their nouns. */
final class Counts {

  private Counts() {}

  /** Returns {@code 3 devices, 1,217 registers}. */
  static String of(int devices, int registers) {
    return devices(devices) + ", " + of(registers, "register");
  }

  /** Returns {@code 1,217 devices}. */
  static String devices(int devices) {
    return of(devices, "device");
  }

  /** Returns {@code 1,217 requests}, or {@code 1 request}. */
  static String of(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
