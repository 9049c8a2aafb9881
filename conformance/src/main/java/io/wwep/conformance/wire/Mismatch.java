package io.wwep.conformance.wire;

/** The server did something else than it should: what was expected, and what came. */
public final class Mismatch extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String came;
  private final Clue clue;

  /**
   * @param expected as people read it
   * @param came as people read it
   * @param clue what the kind of difference tells
   */
  public Mismatch(String expected, String came, Clue clue) {
    super("expected %s, but came %s".formatted(expected, came));
    this.expected = expected;
    this.came = came;
    this.clue = clue;
  }

  /** Returns what should have come. */
  public String expected() {
    return expected;
  }

  /** Returns what came in its place. */
  public String came() {
    return came;
  }

  /** Returns what the kind of difference tells. */
  public Clue clue() {
    return clue;
  }
}
