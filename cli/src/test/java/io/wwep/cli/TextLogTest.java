package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.server.ServerEvent;
import io.wwep.server.access.Door;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TextLogTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.5Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private TextLog log(boolean terminal, boolean unicode) {
    Output out = new Output(bytes, StandardCharsets.UTF_8, () -> false);
    Console console =
        new Console(InputStream.nullInputStream(), out, out, terminal, false, unicode);
    return new TextLog(console, false);
  }

  private String printed(TextLog log) {
    log.close();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static ServerEvent.Transaction transaction(
      Door door, String peer, String request, String reply, Rejection why) {
    return new ServerEvent.Transaction(NOON, door, peer, null, null, request, reply, why);
  }

  @Test
  void shouldNameTheConsole() {
    TextLog log = log(false, true);
    log.event(transaction(Door.CONSOLE, "10.0.0.1:5", "R0FAC0B", "A0FAC0B0001", null));
    assertThat(printed(log)).contains(" console 10.0.0.1:5 R0FAC0B -> A0FAC0B0001");
  }

  @Test
  void shouldSayNothingOfConnectionsThatAreOver() {
    TextLog log = log(false, true);
    log.event(new ServerEvent.Ended(NOON, Door.PLAIN, "10.0.0.1:5", 1, ServerEvent.End.RESET));
    assertThat(printed(log)).isEmpty();
  }

  @Test
  void shouldCountDroppedLines() {
    TextLog log = log(false, true);
    log.dropped(12_345);
    assertThat(printed(log)).isEqualTo("… 12,345 more" + System.lineSeparator());
  }

  @Test
  void shouldCountDroppedLinesInAscii() {
    TextLog log = log(true, false);
    log.dropped(1);
    assertThat(printed(log).strip()).isEqualTo("... 1 more");
  }

  @Test
  void shouldPrintNotices() {
    TextLog log = log(false, true);
    log.event(new ServerEvent.Notice(NOON, Door.TLS, "[::1]:5", "it said nothing: is it flushed?"));
    assertThat(printed(log)).contains(" TLS [::1]:5 note: it said nothing: is it flushed?");
  }

  /** What is about the server itself came by no port. */
  @Test
  void shouldNameNoPortInItsOwnNotices() {
    TextLog log = log(false, true);
    log.event(new ServerEvent.OwnNotice(NOON, "the disk is full"));
    assertThat(printed(log)).contains(" server note: the disk is full");
  }

  @Test
  void shouldShowThatNothingCameOrWasAnswered() {
    TextLog log = log(false, true);
    Rejection why = new Rejection(RejectCode.TLS_FAILED, "the board sent alert 48", "");
    log.event(transaction(Door.TLS, "10.0.0.1:5", "", "", why));
    assertThat(printed(log)).contains("10.0.0.1:5 - -> - tls-failed: the board sent alert 48");
  }

  @Test
  void shouldLetNothingControlTheTerminal() {
    TextLog log = log(true, true);
    Rejection why = new Rejection(RejectCode.TLS_FAILED, "a\u001B[2Jb\u009Bc\nd", "");
    log.event(transaction(Door.PLAIN, "p\u0007", "r\r", "X", why));
    assertThat(printed(log)).contains("a?[2Jb?c?d").doesNotContain("\u001B", "\u0007", "\u009B");
  }
}
