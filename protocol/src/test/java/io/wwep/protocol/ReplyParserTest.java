package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {

  private static final Reply A1 = new Reply.Accepted(new RegisterId(0x0FAC, 0x0B), 0x1234);
  private static final Reply A2 = new Reply.Accepted(new RegisterId(0xFFFF, 0xFF), 0xFFFF);
  private static final Reply X = new Reply.Rejected("");

  private final List<Reply> replies = new ArrayList<>();
  private final ReplyParser parser = new ReplyParser(replies::add);

  /** Feeds the reads until one is refused; returns whether none was. */
  private boolean feed(List<String> reads) {
    for (String read : reads) {
      byte[] bytes = Reads.bytes("AX" + read + "XA");
      if (!parser.parse(bytes, 2, bytes.length - 2)) {
        return false;
      }
    }
    return true;
  }

  static Stream<Arguments> bareReplies() {
    return Stream.of(
        Arguments.of("A0FAC0B1234", List.of(A1)),
        Arguments.of("AFFFFFFFFFF", List.of(A2)),
        Arguments.of("A0fac0b1234", List.of(A1)),
        Arguments.of("X", List.of(X)),
        Arguments.of("XXX", List.of(X, X, X)),
        Arguments.of("XA0FAC0B1234X", List.of(X, A1, X)),
        Arguments.of("A0FAC0B1234XX", List.of(A1, X, X)));
  }

  @ParameterizedTest
  @MethodSource("bareReplies")
  void shouldNotDependOnHowRepliesAreCut(String sent, List<Reply> expected) {
    Reads.everySplit(sent)
        .forEach(
            reads -> {
              replies.clear();
              assertThat(feed(reads)).as("%s", reads).isTrue();
              assertThat(replies).as("%s", reads).isEqualTo(expected);
              assertThat(parser.inReply()).as("%s", reads).isFalse();
            });
  }

  @Test
  void shouldParseTwoAcceptedRepliesOfOneRead() {
    assertThat(feed(List.of("A0FAC0B1234AFFFFFFFFFF"))).isTrue();
    assertThat(replies).containsExactly(A1, A2);
  }

  @Test
  void shouldBeInAReplyUntilItsLastByte() {
    String reply = "A0FAC0B1234";
    for (int i = 0; i < reply.length(); i++) {
      assertThat(feed(List.of(reply.substring(i, i + 1)))).isTrue();
      assertThat(parser.inReply()).isEqualTo(i < 10);
      assertThat(replies).hasSize(i < 10 ? 0 : 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X http     ", "X not-written", "X bad-digit", "X too-long "})
  void shouldGiveTheExplanationThatCameWithTheXAndSkipTheRest(String sent) {
    Reads.everySplit(sent)
        .forEach(
            reads -> {
              replies.clear();
              String sameRead = reads.get(0).substring(1).strip();
              assertThat(feed(reads)).as("%s", reads).isTrue();
              assertThat(replies).as("%s", reads).containsExactly(new Reply.Rejected(sameRead));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"X httpA0FAC0B1234", "X httpX storage"})
  void shouldFindTheNextReplyBehindAnExplanationHoweverItIsCut(String sent) {
    Reply second = sent.endsWith("4") ? A1 : null;
    Reads.everySplit(sent)
        .forEach(
            reads -> {
              replies.clear();
              assertThat(feed(reads)).as("%s", reads).isTrue();
              assertThat(replies).as("%s", reads).hasSize(2);
              assertThat(replies.get(0)).isInstanceOf(Reply.Rejected.class);
              assertThat(replies.get(1))
                  .isEqualTo(second == null ? secondExplained(sent, reads) : second);
            });
  }

  private static Reply secondExplained(String sent, List<String> reads) {
    int at = sent.lastIndexOf('X');
    return new Reply.Rejected(sent.substring(at + 1, Reads.endOfReadWith(at, reads)).strip());
  }

  @ParameterizedTest
  @EnumSource(RejectCode.class)
  void shouldUnderstandEveryCode(RejectCode code) {
    assertThat(feed(List.of("X %-9s".formatted(code.word()) + "A0FAC0B1234"))).isTrue();
    assertThat(replies).containsExactly(new Reply.Rejected(code.word()), A1);
  }

  @Test
  void shouldCutAnEndlessExplanation() {
    assertThat(feed(List.of("X " + "a".repeat(1000), "b".repeat(1000) + "X"))).isTrue();
    assertThat(replies).containsExactly(new Reply.Rejected("a".repeat(63)), X);
  }

  static Stream<String> foreignStreams() {
    Stream<String> badDigits =
        IntStream.range(1, 11).mapToObj(i -> "A0FAC0B1234".substring(0, i) + "G");
    return Stream.concat(
        badDigits,
        Stream.of(
            "HTTP/1.1 400 Bad Request\r\n",
            "a0FAC0B1234",
            "x",
            " ",
            "not-written",
            "\n",
            "\0",
            "A0FAC0B1234 http",
            "XA0FAC0B1234 h",
            "A0FAC0B12345",
            "X\n",
            "X not written!",
            "\u0015\u0003\u0003\0\u0002\u0002F"));
  }

  @ParameterizedTest
  @MethodSource("foreignStreams")
  void shouldRefuseWhatNoServerSendsHoweverItIsCut(String sent) {
    String start = sent.substring(0, Math.min(sent.length(), 16));
    Reads.everySplit(start)
        .forEach(
            reads -> {
              ReplyParser fresh = new ReplyParser(reply -> {});
              boolean understood =
                  reads.stream()
                      .map(Reads::bytes)
                      .allMatch(bytes -> fresh.parse(bytes, 0, bytes.length));
              assertThat(understood).as("%s", reads).isFalse();
            });
  }

  @Test
  void shouldGiveTheRepliesBeforeAForeignByte() {
    assertThat(feed(List.of("A0FAC0B1234X?A0FAC0B1234"))).isFalse();
    assertThat(replies).containsExactly(A1, X);
  }
}
