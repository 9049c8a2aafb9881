package io.wwep.board;

/** What a server's reply begins with. */
public enum Answer {
  /** {@code A}, and of several replies all. */
  ACCEPTED("A"),
  /** {@code X}, and of several replies one. */
  REJECTED("X"),
  /** No reply came that a WWEP server sends. */
  NONE("none");

  private final String word;

  Answer(String word) {
    this.word = word;
  }

  /** Returns {@code A}, {@code X} or {@code none}. */
  public String word() {
    return word;
  }
}
