package io.wwep.console.classroom;

/** The exercises of the lecture. */
enum Exercise {
  TOGGLE("01", "toggles an LED and sends its state"),
  REPLY("02", "reads the replies, A and X"),
  TLS("03", "talks over TLS"),
  PLAIN_SERVER("04", "is a plain server"),
  TLS_SERVER("05", "is a TLS server"),
  BOTH_DOORS("06", "sends plain and TLS messages"),
  FULL_SERVER("07", "is a server of both kinds");

  private final String number;
  private final String words;

  Exercise(String number, String words) {
    this.number = number;
    this.words = words;
  }

  /** Returns its number in the lecture, two digits. */
  String number() {
    return number;
  }

  /** Returns what a board that has done it does. */
  String words() {
    return words;
  }

  /** Whether it is about a server, which this one cannot see: it is told of a check's result. */
  boolean isServer() {
    return this == PLAIN_SERVER || this == TLS_SERVER || this == FULL_SERVER;
  }

  /** Returns the exercise with this number, or null. */
  static Exercise of(String number) {
    for (Exercise each : values()) {
      if (each.number.equals(number)) {
        return each;
      }
    }
    return null;
  }
}
