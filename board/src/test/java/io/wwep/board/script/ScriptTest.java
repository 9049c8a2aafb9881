package io.wwep.board.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a script, and where it is wrong. */
class ScriptTest {

  private static final Script.Equipment NOTHING = new Script.Equipment(false, false);

  private static ScriptException wrong(String text) {
    try {
      Script.parse(text, NOTHING);
    } catch (ScriptException e) {
      return e;
    }
    throw new AssertionError("this was taken for a script: " + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "pres 0|1|1|there is no command 'pres'",
        "\"  \tpres 0\"|1|4|there is no command 'pres'",
        "PRESS 0|1|1|there is no command 'PRESS'",
        "press|1|6|here belongs a button: 0 or 1",
        "press 2|1|7|'2' is not a button",
        "press 0 1|1|9|'1' is one word too many",
        "send|1|5|here belongs what to send",
        "send tls|1|9|here belongs what to send",
        "send tls W\\q|1|10|unknown escape \\q at position 2",
        "read plain|1|6|'plain' is one word too many",
        "wait 5|1|6|a time from 1ms to 60m, as in 200ms or 2s, not '5'",
        "wait 0ms|1|6|a time from 1ms to 60m",
        "wait 61m|1|6|a time from 1ms to 60m",
        "wait 99999999999ms|1|6|a time from 1ms to 60m",
        "wait|1|5|a time from 1ms to 60m",
        "verify ca|1|8|'ca' is not a verification",
        "verify root|1|8|start with --ca FILE",
        "identity on|1|10|start with --cert FILE",
        "identity maybe|1|10|'maybe' is not a switch",
        "led|1|4|here belongs a switch: on or off",
        "repeat 0|1|8|from 1 to 100000, not '0'",
        "repeat x|1|8|from 1 to 100000, not 'x'",
        "repeat 100001|1|8|from 1 to 100000",
        "end|1|1|there is no repeat that ends here",
        "  expect A|1|1|nothing was sent before this expect",
        "expect led blue|1|12|'blue' is not a switch",
      })
  void shouldSayWhatIsWrongAndWhere(String text, int line, int column, String message) {
    ScriptException e = wrong(text);
    assertThat(e).hasMessageContaining(message);
    assertThat(e.line()).isEqualTo(line);
    assertThat(e.column()).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "expect|7|here belongs what to expect: A, X, none",
        "expect Y|8|nobody can expect 'Y'",
        "expect A0FAC0B12|8|a reply has A and ten hex digits in upper case",
        "expect a0fac0b1234|8|nobody can expect 'a0fac0b1234'",
        "expect A0fac0b1234|8|a reply has A and ten hex digits in upper case",
        "expect X not-writen|10|'not-writen' is no reason for an X",
        "expect within|14|a time from 1ms",
        "expect A A|10|'A' is one word too many",
      })
  void shouldSayWhatNobodyCanExpect(String line, int column, String message) {
    ScriptException e = wrong("press 0\n# and then\n" + line);
    assertThat(e).hasMessageContaining(message);
    assertThat(e.line()).isEqualTo(3);
    assertThat(e.column()).isEqualTo(column);
  }

  @Test
  void shouldOfferWordsToChooseFromForOneThatNobodyKnows() {
    assertThat(wrong("pres 0").guess().word()).isEqualTo("pres");
    assertThat(wrong("pres 0").guess().known()).contains("press", "repeat", "end");
    assertThat(wrong("press 2").guess().known()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1, 1, has no step",
    "'# nothing\n\n', 1, 1, has no step",
    "'repeat 2\npress 0', 1, 1, repeat has no end",
    "'press 0\n repeat 2\n end', 3, 1, nothing to repeat",
    "'repeat 1000\nrepeat 1000\npress 0\nwait 1ms\nend\nend', 4, 1, more than 1000000 steps"
  })
  void shouldSayWhatIsWrongWithTheWhole(String text, int line, int column, String message) {
    ScriptException e = wrong(text);
    assertThat(e).hasMessageContaining(message);
    assertThat(e.line()).isEqualTo(line);
    assertThat(e.column()).isEqualTo(column);
  }

  @Test
  void shouldRefuseRepetitionsThatStandTooDeepInEachOther() {
    String begins = "repeat 1\n".repeat(Script.NESTING_MAX + 1);
    assertThat(wrong(begins + "press 0\n")).hasMessageContaining("more than 8 deep");
    assertThatThrownBy(() -> Script.parse("repeat 1\n".repeat(500_000), NOTHING))
        .isInstanceOf(ScriptException.class);
  }

  @Test
  void shouldTakeWhateverPeopleWriteAroundCommands() throws Exception {
    Script script =
        Script.parse(
            "\uFEFF# first\r\n\r\n  press 0   # pressed\r\n\tsend W0#FAC0B\r\nexpect X\r\n",
            NOTHING);
    assertThat(script.lines()).extracting(Step.Line::number).containsExactly(3, 4, 5);
    assertThat(script.lines())
        .extracting(Step.Line::text)
        .containsExactly("press 0", "send W0#FAC0B", "expect X");
    assertThat(script.lines().get(1).step()).isEqualTo(new Step.Send(false, "W0#FAC0B"));
  }

  /** Words of scripts in any order, and anything between them. */
  @Test
  void shouldTakeAnyTextOrNameAPlaceInIt() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> pieces =
        List.of(
            "press",
            "send",
            "read",
            "illegal",
            "expect",
            "wait",
            "verify",
            "identity",
            "led",
            "repeat",
            "end",
            "0",
            "1",
            "3",
            "A",
            "X",
            "tls",
            "on",
            "pin",
            "1ms",
            "{id}",
            "W0FAC",
            "#",
            "\\x",
            "\\",
            "\u0000",
            "é",
            "\uD800",
            " ",
            " ",
            " ",
            "\n",
            "\n",
            "\r\n",
            "\t");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(30); j >= 0; j--) {
        text.append(pieces.get(random.nextInt(pieces.size())))
            .append(random.nextInt(3) > 0 ? " " : "");
      }
      try {
        assertThat(Script.parse(text.toString(), NOTHING).lines()).isNotEmpty();
      } catch (ScriptException e) {
        List<String> lines = text.toString().lines().toList();
        assertThat(e.line()).as("seed %d: %s", seed, text).isBetween(1, Math.max(1, lines.size()));
        String line = lines.isEmpty() ? "" : lines.get(e.line() - 1);
        assertThat(e.column()).as("seed %d: %s", seed, text).isBetween(1, line.length() + 1);
      }
    }
  }

  /** What an expectation says of a message takes the place of what a board would say of it. */
  @Test
  void shouldJudgeAMessageByTheExpectationBehindIt() throws Exception {
    Script script =
        Script.parse("press 0\nwait 1ms\nexpect X\npress 0\nexpect within 1s\nread", NOTHING);
    assertThat(script.lines())
        .extracting(Step.Line::judged)
        .containsExactly(true, false, false, false, false, false);
  }
}
