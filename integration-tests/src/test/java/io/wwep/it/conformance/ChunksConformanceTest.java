package io.wwep.it.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** "The last digit completes a frame": PROTOCOL.md, at every chunk boundary. */
class ChunksConformanceTest {

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
  Stream<DynamicTest> shouldAnswerHoweverAMessageIsCut() {
    return Chapter.CHUNKS.tests(target);
  }
}
