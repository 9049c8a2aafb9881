package io.wwep.board;

import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.TestServer;
import java.time.Duration;

/** Boards for tests, with device ID 018C. */
public final class Boards {

  public static final MacAddress MAC = MacAddress.parse("00:A0:50:12:34:56");

  private Boards() {}

  /** A board whose both buttons reach a misbehaving server that speaks no TLS. */
  public static BoardBuilder of(MisbehavingServer server) {
    return Board.builder(server.host())
        .plainPort(server.port())
        .tlsPort(server.port())
        .replyTimeout(Duration.ofMillis(300))
        .mac(MAC);
  }

  public static BoardBuilder of(TestServer server) {
    return Board.builder("127.0.0.1")
        .plainPort(server.plainPort())
        .tlsPort(server.tlsPort())
        .replyTimeout(Duration.ofSeconds(10))
        .mac(MAC);
  }
}
