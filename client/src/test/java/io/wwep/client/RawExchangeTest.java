package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wwep.client.RawExchange.Ending;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Reply;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes as they are, there and back. */
@Timeout(60)
class RawExchangeTest {

  private static final byte[] WRITE = bytes("W0FAC0B1234");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        Arguments.of(new Misbehavior.Behaves(), Ending.REPLIED, "A0FAC0B1234"),
        Arguments.of(new Misbehavior.ClosesAfterReply(), Ending.REPLIED, "A0FAC0B1234"),
        Arguments.of(new Misbehavior.Trickles(1), Ending.REPLIED, "A0FAC0B1234"),
        Arguments.of(new Misbehavior.AnswersX(), Ending.REPLIED, "X"),
        Arguments.of(new Misbehavior.ClosesBeforeReply(true), Ending.CLOSED, ""),
        Arguments.of(new Misbehavior.ClosesMidReply(4), Ending.CLOSED, "A0FA"),
        Arguments.of(new Misbehavior.Resets(), Ending.BROKEN, ""),
        Arguments.of(new Misbehavior.NeverAnswers(), Ending.TIMED_OUT, ""),
        Arguments.of(new Misbehavior.NeverReads(), Ending.TIMED_OUT, ""));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void shouldTellWhatCameAndHowItEnded(Misbehavior how, Ending ending, String received) {
    try (MisbehavingServer server = MisbehavingServer.start(how);
        WwepClient client = Clients.of(server)) {
      RawExchange exchange = client.exchange(WRITE);
      assertThat(exchange.ending()).isEqualTo(ending);
      assertThat(exchange.receivedText()).isEqualTo(received);
      assertThat(exchange.received()).isEqualTo(bytes(received));
      assertThat(exchange.sent()).isEqualTo(WRITE);
      assertThat(exchange.tls()).isEmpty();
      assertThat(exchange.elapsed()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(20));
      assertThat(server.count("W0FAC0B1234")).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void shouldShowWhatAForeignServerSays() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.AnswersHttp());
        WwepClient client = Clients.of(server)) {
      RawExchange exchange = client.exchange(WRITE);
      assertThat(exchange.ending()).isEqualTo(Ending.NOT_WWEP);
      assertThat(exchange.receivedText()).startsWith("HTTP/1.1 400 Bad Request\\x0D\\x0A");
    }
  }

  @Test
  void shouldSendIllegalBytesAsTheyAre() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.of(server)) {
      RawExchange exchange = client.exchange(bytes("w\0\u00ff"));
      assertThat(exchange.replies()).containsExactly(new Reply.Rejected(""));
      assertThat(server.requests()).containsExactly("w");
    }
  }

  @Test
  void shouldWaitForAsManyRepliesAsAskedFor() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        WwepClient client = Clients.patient(server)) {
      RawExchange exchange = client.exchange(bytes("W0001010005\r\nR000101R000102"), 3);
      assertThat(exchange.ending()).isEqualTo(Ending.REPLIED);
      assertThat(exchange.replies())
          .containsExactly(
              new Reply.Accepted(new RegisterId(1, 1), 5),
              new Reply.Accepted(new RegisterId(1, 1), 5),
              new Reply.Rejected(""));
    }
  }

  @Test
  void shouldWaitForTheCloseWhenAskedForNoNumber() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.ClosesAfterReply());
        WwepClient client = Clients.patient(server)) {
      RawExchange exchange = client.exchange(WRITE, 0);
      assertThat(exchange.ending()).isEqualTo(Ending.CLOSED);
      assertThat(exchange.replies()).hasSize(1);
    }
  }

  @Test
  void shouldNotHangInAWriteThatNobodyReads() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverReads());
        WwepClient client = Clients.builder(server).replyTimeout(Duration.ofMillis(200)).build()) {
      RawExchange exchange = client.exchange(new byte[1 << 20]);
      assertThat(exchange.ending()).isEqualTo(Ending.TIMED_OUT);
    }
  }

  @Test
  void shouldSayWhenThereIsNobody() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Refuses());
        WwepClient client = Clients.of(server)) {
      assertThatExceptionOfType(WwepException.Unreachable.class)
          .isThrownBy(() -> client.exchange(WRITE))
          .withMessageContaining(client.endpoint());
    }
  }

  @Test
  void shouldLimitWhatItSends() {
    try (WwepClient client = WwepClient.builder("127.0.0.1").build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> client.exchange(new byte[(1 << 20) + 1]))
          .withMessageContaining("1,048,576");
      assertThatIllegalArgumentException().isThrownBy(() -> client.exchange(WRITE, -1));
    }
  }
}
