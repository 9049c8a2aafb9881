package io.wwep.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many frames, and many connections: order, pipelining, half-close, one database. */
class StreamsConformanceTest {

  private static final int FRAMES = 10_000;
  private static final int CONNECTIONS = 200;
  private static final int ROUNDS = 200;

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

  /** Frames of every legal kind, and the replies that they must get on a fresh device. */
  private static final class Script {

    private final StringBuilder frames = new StringBuilder();
    private final StringBuilder replies = new StringBuilder();

    private Script(String device, long seed) {
      Random random = new Random(seed);
      Map<Integer, Integer> registers = new HashMap<>();
      for (int i = 0; i < FRAMES; i++) {
        int register = random.nextInt(256);
        boolean write = random.nextInt(3) == 0;
        if (write) {
          registers.put(register, random.nextInt(0x10000));
        }
        Integer value = registers.get(register);
        String id = device + "%02X".formatted(register);
        String frame = write ? "W" + id + "%04X".formatted(value) : "R" + id;
        frames.append(inSomeCase(frame, random)).append(lineEnd(random));
        replies.append(value == null ? "X" : "A" + id + "%04X".formatted(value));
      }
    }

    private static String inSomeCase(String frame, Random random) {
      return random.nextBoolean()
          ? frame
          : frame.charAt(0) + frame.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String lineEnd(Random random) {
      return List.of("", "", "\n", "\r\n").get(random.nextInt(4));
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldAnswerTenThousandPipelinedFramesInOrder(Port port) throws Exception {
    Script script = new Script(devices.fresh(), 1);
    try (Wire wire = Wire.connect(target, port)) {
      Future<Void> sender = crowd.start(() -> wire.send(script.frames.toString()));
      wire.expect(script.replies.toString());
      Crowd.await(sender);
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldAnswerAllFramesBeforeAHalfCloseHoweverLateTheyAreRead(Port port) throws Exception {
    Script script = new Script(devices.fresh(), 2);
    try (Wire wire = Wire.connect(target, port)) {
      Future<Void> sender =
          crowd.start(
              () -> {
                wire.send(script.frames + "W0F");
                wire.endOutput();
              });
      Thread.sleep(300);
      wire.expect(script.replies + "X");
      wire.expectEnd();
      Crowd.await(sender);
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldShowAReadTheWriteBeforeItOnOneConnection(Port port) throws Exception {
    String device = devices.fresh();
    StringBuilder frames = new StringBuilder();
    StringBuilder replies = new StringBuilder();
    for (int value = 0; value < 1_000; value++) {
      String digits = "%04X".formatted(value);
      frames.append("W%s0B%sR%s0B".formatted(device, digits, device));
      replies.append(("A" + device + "0B" + digits).repeat(2));
    }
    try (Wire wire = Wire.connect(target, port)) {
      wire.send(frames.toString());
      wire.expect(replies.toString());
    }
  }

  @Test
  void shouldServeOneDatabaseOnBothPorts() throws Exception {
    String device = devices.fresh();
    try (Wire plain = Wire.connect(target, Port.PLAIN);
        Wire tls = Wire.connect(target, Port.TLS)) {
      for (int value = 0; value < ROUNDS; value++) {
        Wire writer = value % 2 == 0 ? plain : tls;
        Wire reader = value % 2 == 0 ? tls : plain;
        String reply = "A%s0B%04X".formatted(device, value);
        writer.exchange("W" + reply.substring(1), reply);
        reader.exchange("R" + device + "0B", reply);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldServeManySessionsAtATime(Port port) throws Exception {
    String device = devices.fresh();
    List<Wire> wires = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        Wire wire = Wire.connect(target, port);
        wires.add(wire);
        wire.exchange("\n\nR" + device + "FF", "X");
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        String reply = "A%s%02X%04X".formatted(device, i, i);
        wires.get(i).exchange("W" + reply.substring(1), reply);
        wires.get(CONNECTIONS - 1 - i).exchange("R" + reply.substring(1, 7), reply);
      }
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }

  /** Each client counts a register of its own up; nobody loses an update or sees an older value. */
  @Test
  void shouldKeepConcurrentClientsApart() throws Exception {
    String device = devices.fresh();
    List<Crowd.Client> clients = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String register = device + "%02X".formatted(i);
      Port port = i % 2 == 0 || target.tlsPort() == TargetServer.NOT_SERVED ? Port.PLAIN : Port.TLS;
      clients.add(
          () -> {
            try (Wire wire = Wire.connect(target, port)) {
              for (int value = 0; value < ROUNDS; value++) {
                String reply = "A%s%04X".formatted(register, value);
                wire.exchange("W" + reply.substring(1) + "R" + register, reply + reply);
              }
            }
          });
    }
    crowd.runAll(clients);
  }

  /** A value that was seen once is never followed by an older one, on whatever connection. */
  @Test
  void shouldNeverShowAnOlderValueAfterANewerOne() throws Exception {
    String device = devices.fresh();
    try (Wire writer = Wire.connect(target, Port.PLAIN)) {
      writer.exchange("W" + device + "0B0000", "A" + device + "0B0000");
      Future<Void> counting =
          crowd.start(
              () -> {
                for (int value = 1; value <= 2_000; value++) {
                  String reply = "A%s0B%04X".formatted(device, value);
                  writer.exchange("W" + reply.substring(1), reply);
                }
              });
      int seen = 0;
      try (Wire one = Wire.connect(target, Port.PLAIN);
          Wire other = Wire.connect(target, Port.PLAIN)) {
        while (!counting.isDone()) {
          for (Wire reader : List.of(one, other)) {
            reader.send("R" + device + "0B");
            int value = Integer.parseInt(reader.readReply().substring(7), 16);
            assertThat(value).isGreaterThanOrEqualTo(seen);
            seen = value;
          }
        }
      }
      Crowd.await(counting);
    }
  }
}
