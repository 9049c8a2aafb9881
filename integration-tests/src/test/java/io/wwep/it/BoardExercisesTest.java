package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lecture's exercises, done with the board that needs no hardware. */
@Timeout(60)
class BoardExercisesTest {

  // 00 + A0 + 50 + 12 + 34 + 56 hex: 018C.
  private static final String MAC = "00:A0:50:12:34:56";
  private static final String ID = "018C";

  @TempDir private Path directory;

  private WwepProcess board(WwepProcess server, String... options) {
    List<String> arguments = new ArrayList<>(List.of("board", "--host", "localhost"));
    arguments.addAll(List.of("--port", String.valueOf(server.plainPort())));
    arguments.addAll(List.of("--tls-port", String.valueOf(server.tlsPort()), "--mac", MAC));
    arguments.addAll(List.of(options));
    return WwepProcess.start(directory, arguments.toArray(String[]::new));
  }

  /** 01: a button flips the LED and writes it to the server. */
  @Test
  void shouldWriteTheLedOverPlainTcp() throws Exception {
    try (WwepProcess server = WwepProcess.serve(directory);
        WwepProcess board = board(server)) {
      board.type("0\n0\nq\n");
      assertThat(board.awaitExit()).isZero();
      server.awaitLine(line -> line.contains("W" + ID + "050001 -> A" + ID + "050001"));
      server.awaitLine(line -> line.contains("W" + ID + "050000 -> A" + ID + "050000"));
    }
  }

  /** 02: it checks the reply, to a legal and to an illegal packet. */
  @Test
  void shouldCheckTheReplyToLegalAndIllegalPackets() throws Exception {
    try (WwepProcess server = WwepProcess.serve(directory);
        WwepProcess board = board(server)) {
      board.type("0\nx\nr\nq\n");
      assertThat(board.awaitExit()).isZero();
      String shown = String.join("\n", board.output());
      assertThat(shown).contains("W" + ID + "050001").contains("A" + ID + "050001");
      assertThat(shown).containsPattern("W01234 .*X");
      assertThat(shown).contains("R" + ID + "05");
      server.awaitLine(line -> line.contains("W01234 -> X incomplete"));
    }
  }

  /** 03: over TLS, trusting the server's certificate and nobody else's. */
  @Test
  void shouldWriteOverTlsAndVerifyTheServer() throws Exception {
    try (WwepProcess server = WwepProcess.serve(directory)) {
      String ca = directory.resolve("wwep-data/tls/ec.pem").toString();
      try (WwepProcess board = board(server, "--ca", ca)) {
        board.type("1\nq\n");
        assertThat(board.awaitExit()).isZero();
        server.awaitLine(line -> line.contains(" TLS ") && line.contains("W" + ID + "050001 -> A"));
      }
      try (WwepProcess board = board(server, "--pin", "00".repeat(32))) {
        board.type("1\nq\n");
        assertThat(board.awaitExit()).isEqualTo(4);
      }
    }
  }

  /** 06: button 0 plain, button 1 over TLS; 04, 05 and 07 are the server that takes both. */
  @Test
  void shouldUseOneButtonForEachPort() throws Exception {
    try (WwepProcess server = WwepProcess.serve(directory);
        WwepProcess board = board(server, "--insecure")) {
      board.type("0\n1\nr\nq\n");
      assertThat(board.awaitExit()).isZero();
      server.awaitLine(line -> line.contains(" plain ") && line.contains("W" + ID + "050001 -> A"));
      server.awaitLine(line -> line.contains(" TLS ") && line.contains("W" + ID + "050000 -> A"));
    }
  }
}
