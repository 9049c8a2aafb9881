package io.wwep.it.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the table of {@link Cases} on both ports, many cases at a time. */
class MessagesConformanceTest {

  private static TargetServer target;
  private static Devices devices;
  private static Crowd crowd;

  @BeforeAll
  static void open() {
    target = TargetServer.open();
    devices = new Devices(target);
    crowd = new Crowd();
  }

  @AfterAll
  static void close() {
    crowd.close();
    target.close();
  }

  @TestFactory
  Stream<DynamicTest> shouldKeepEveryLineOfTheContract() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Port port : Port.values()) {
      for (WireCase wireCase : Cases.all().toList()) {
        Future<Void> run = crowd.start(() -> wireCase.run(target, port, devices.fresh()));
        tests.add(DynamicTest.dynamicTest(port + " " + wireCase, () -> Crowd.await(run)));
      }
    }
    return tests.stream();
  }

  @Test
  void shouldKeepTheRegistersOfDevicesApart() throws Exception {
    String one = devices.fresh();
    String other = devices.fresh();
    try (Wire wire = Wire.connect(target, Port.PLAIN)) {
      wire.exchange("W" + one + "0B1234", "A" + one + "0B1234");
      wire.exchange("R" + other + "0B", "X");
      wire.exchange("W" + other + "0B5678", "A" + other + "0B5678");
      wire.exchange("R" + one + "0B", "A" + one + "0B1234");
    }
  }

  /** The corners of the address space may hold somebody's values, which are put back. */
  @Test
  void shouldReachTheFirstAndTheLastRegister() throws Exception {
    for (String id : List.of("000000", "0000FF", "FFFF00", "FFFFFF")) {
      try (Wire wire = Wire.connect(target, Port.PLAIN)) {
        wire.send("R" + id + "\n\n");
        String before = wire.readReply();
        wire.exchange("W" + id + "8001", "A" + id + "8001");
        wire.exchange("R" + id, "A" + id + "8001");
        wire.exchange("W" + id + "FFFF", "A" + id + "FFFF");
        wire.exchange("R" + id.toLowerCase(java.util.Locale.ROOT), "A" + id + "FFFF");
        String restored = before.equals("X") ? "A" + id + "0000" : before;
        wire.exchange("W" + restored.substring(1), restored);
      }
    }
  }

  @Test
  void shouldAnswerWwepInClearOnTheTlsPort() throws Exception {
    for (String frame : List.of("R0FAC0B", "W0FAC0B1234\r\n", "hello", "GET / HTTP/1.1\r\n\r\n")) {
      try (Wire wire = Wire.clear(target, Port.TLS)) {
        wire.exchange(frame, "X");
        wire.expectEnd();
      }
    }
  }

  @Test
  void shouldStoreNothingThatComesInClearOnTheTlsPort() throws Exception {
    String device = devices.fresh();
    try (Wire wire = Wire.clear(target, Port.TLS)) {
      wire.exchange("W" + device + "0B1234", "X");
      wire.expectEnd();
    }
    try (Wire wire = Wire.connect(target, Port.TLS)) {
      wire.exchange("R" + device + "0B", "X");
    }
  }
}
