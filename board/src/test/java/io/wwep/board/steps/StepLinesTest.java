package io.wwep.board.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.board.steps.BufferState.Moment;
import io.wwep.client.CertificateSummary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepLinesTest {

  private static final Instant DAY = Instant.parse("2026-11-27T00:00:00Z");

  private static Step step(
      StepKind kind,
      boolean done,
      String what,
      List<Passed> passed,
      List<CertificateSummary> shown,
      List<BufferState> buffers) {
    return new Step(
        kind,
        done,
        Duration.ofNanos(1_250_000),
        what,
        passed,
        shown,
        List.of(),
        buffers,
        new BufferUse(1, 0, 0, 1));
  }

  @Test
  void shouldDrawTheTableOfTheLecture() {
    List<BufferState> states =
        List.of(
            new BufferState(Moment.SHARED, BufferState.Type.T, 1, 2, 0, 11, 1_500, "W018C050001"),
            new BufferState(Moment.FREE, BufferState.Type.T, 1, 0, 11, 11, 1_500, ""));
    List<Passed> passed =
        List.of(
            Passed.text(
                Passed.Direction.SENT, "W018C050001".getBytes(StandardCharsets.US_ASCII), ""));
    StepLines lines = new StepLines(false);

    assertThat(lines.begin(StepKind.FLUSH)).isEqualTo("flush      ");
    assertThat(lines.end(step(StepKind.FLUSH, true, "sent", passed, List.of(), states)))
        .containsExactly(
            "   1.3 ms  sent",
            "    on the board: wiced_tcp_stream_flush()",
            "    → W018C050001            11 bytes",
            "        57 30 31 38 43 30 35 30 30 30 31",
            "    packet buffer  Type  Ref Count  Start   End  Buffer",
            "      shared       T             2      0    11  #1, 1,500 bytes: W018C050001",
            "      free         T             0   null  null  #1, 1,500 bytes");
  }

  @Test
  void shouldShowNothingThatATerminalObeys() {
    CertificateSummary evil =
        new CertificateSummary(
            "CN=\u001B[2Jevil\nline", "CN=\u202Eca", "h\u0000st", DAY, DAY, "EC 256", "AA");
    assertThat(
            new StepLines(false)
                .end(step(StepKind.HANDSHAKE, true, "x", List.of(), List.of(evil), List.of())))
        .noneMatch(line -> line.matches("(?s).*[\\p{Cntrl}\\p{Cf}].*"))
        .anyMatch(line -> line.contains("CN=?[2Jevil?line"));
  }

  @Test
  void shouldKeepToAsciiWhereThereIsNoMore() {
    List<Passed> passed =
        List.of(Passed.text(Passed.Direction.RECEIVED, new byte[] {'X'}, "und so weiter … ü"));
    assertThat(
            new StepLines(true).end(step(StepKind.BIND, true, "…", passed, List.of(), List.of())))
        .allMatch(line -> line.matches("\\p{ASCII}*"))
        .anyMatch(line -> line.contains("<- X"));
  }

  @Test
  void shouldBreakLongSentencesBetweenWords() {
    String sentence = "word ".repeat(60).strip();
    List<String> lines =
        new StepLines(false)
            .end(step(StepKind.CONNECT, false, sentence, List.of(), List.of(), List.of()));
    assertThat(lines.get(0)).startsWith("   1.3 ms  FAILED: word word");
    assertThat(lines).allMatch(line -> line.length() <= 100);
    assertThat(String.join(" ", lines).split("word", -1)).hasSize(61);
  }
}
