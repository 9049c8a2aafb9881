package io.wwep.it.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** "It never resets a connection while one of its replies may be unread": PROTOCOL.md. */
class CleanCloseConformanceTest {

  private static TargetServer target;

  @BeforeAll
  static void open() {
    target = TargetServer.open();
  }

  @AfterAll
  static void close() {
    target.close();
  }

  @TestFactory
  Stream<DynamicTest> shouldEndConnectionsInOrder() {
    return Chapter.CLEAN_CLOSE.tests(target);
  }
}
