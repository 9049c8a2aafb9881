package io.wwep.it.conformance;

import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.Wire;
import io.wwep.conformance.wire.Wires;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** How long a connection lives without options: PROTOCOL.md. One client at a time. */
class LifetimeConformanceTest {

  private static TargetServer target;

  @BeforeAll
  static void open() throws IOException {
    target = TargetServer.open();
    for (Port port : Port.values()) {
      warmUp(port);
    }
  }

  /** The first connection of each kind loads classes, which is none of the times measured here. */
  private static void warmUp(Port port) throws IOException {
    if (target.target().serves(port)) {
      try (Wire wire = new Wires(target.target()).connect(port)) {
        wire.exchange("hello", "X");
        wire.expectEnd();
      }
    }
  }

  @AfterAll
  static void close() {
    target.close();
  }

  @TestFactory
  Stream<DynamicTest> shouldKeepConnectionsAsLongAsTheContractSays() {
    return Chapter.LIFETIME.tests(target);
  }
}
