package io.wwep.it.soak;

/** What a reply has to be. */
final class Replies {

  private Replies() {}

  /** Throws an AssertionError unless the reply is what it has to be. */
  static void require(String due, String came) {
    if (!came.equals(due)) {
      throw new AssertionError("the reply is '%s' and not '%s'".formatted(came, due));
    }
  }
}
