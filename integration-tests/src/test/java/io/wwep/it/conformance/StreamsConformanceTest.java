package io.wwep.it.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Many frames, and many connections: order, pipelining, half-close, one database. */
class StreamsConformanceTest {

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
  Stream<DynamicTest> shouldAnswerInOrderHoweverManyThereAre() {
    return Chapter.STREAMS.tests(target);
  }
}
