package io.wwep.conformance.cases;

/** How much a case asks of a server; each level has the cases of those before it. */
public enum Level {
  /**
   * What the lecture fixes, and so every server of its exercises 04, 05 and 07: messages, one for
   * each connection and one connection at a time.
   */
  LECTURE,
  /** Everything that PROTOCOL.md fixes beyond. */
  FULL,
  /** The same at every chunk boundary: ten thousands of connections. */
  EXHAUSTIVE
}
