package io.wwep.it.conformance;

import io.wwep.conformance.wire.Crowd;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What bytes alone decide, on both ports, many cases at a time. */
class MessagesConformanceTest {

  private static TargetServer target;
  private static Crowd crowd;

  @BeforeAll
  static void open() {
    target = TargetServer.open();
    crowd = new Crowd();
  }

  @AfterAll
  static void close() {
    crowd.close();
    target.close();
  }

  @TestFactory
  Stream<DynamicTest> shouldKeepEveryLineOfTheContract() {
    return Chapter.MESSAGES.tests(target, crowd);
  }
}
