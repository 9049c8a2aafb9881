package io.wwep.tap.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConversationTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Conversation conversation = new Conversation(false);

  private List<Message> board(String text, long millis) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return conversation.fromBoard(bytes, bytes.length, millis * MILLI);
  }

  private List<Message> server(String text, long millis) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return conversation.fromServer(bytes, bytes.length, millis * MILLI);
  }

  @Test
  void shouldMatchRepliesWithRequestsInOrder() {
    board("W0FAC0B1234R0FAC0BR0FAC0C", 0);
    assertThat(server("A0FAC0B1234A0FAC0B1234X", 7))
        .extracting(Message::request)
        .containsExactly("W0FAC0B1234", "R0FAC0B", "R0FAC0C");
    board("R0FAC0B", 10);
    Message reply = server("A0FAC0B1234", 13).get(0);
    assertThat(reply.replyNanos()).isEqualTo(3 * MILLI);
    assertThat(reply.meaning()).isEqualTo("it holds 1234");
  }

  @Test
  void shouldSayThatAReplyBelongsToNoRequest() {
    assertThat(server("X", 0).get(0).meaning()).contains("before anything was asked");
    assertThat(server("A0FAC0B1234", 0).get(0).meaning()).contains("nothing was asked");
    board("R0FAC0B", 1);
    assertThat(server("A0FAC0C1234", 2).get(0).meaning()).isEqualTo("this does not answer R0FAC0B");
  }

  @Test
  void shouldTakeAReplyToAnAlteredRequestForItsAnswer() {
    board("W0FAC050001", 0);
    conversation.altered("W0FAC050001", "W0FAC050000");
    Message reply = server("A0FAC050000", 1).get(0);
    assertThat(reply.meaning()).isEqualTo("stored");
    assertThat(reply.request()).isEqualTo("W0FAC050001");
  }

  @Test
  void shouldTakeAPauseInAFrameForItsEnd() {
    board("W0FAC", 0);
    List<Message> found = board("0B1234\n", 400);
    assertThat(found).extracting(Message::code).startsWith("incomplete");
    assertThat(found.get(0).meaning()).contains("before a pause");
  }

  @Test
  void shouldKnowTheDeviceOfWhatIsIllegal() {
    Message message = board("W0FAC0B12G4", 0).get(0);
    assertThat(message.device()).isEqualTo(0x0FAC);
    assertThat(message.code()).isEqualTo("bad-digit");
    assertThat(conversation.device()).isEqualTo(0x0FAC);
    assertThat(server("X", 1).get(0).device()).isEqualTo(0x0FAC);
  }

  @Test
  void shouldSayThatTheTargetIsNoWwepServer() {
    board("R0FAC0B", 0);
    Message message = server("HTTP/1.1 400 Bad Request", 1).get(0);
    assertThat(message.kind()).isEqualTo(Message.Kind.FOREIGN);
    assertThat(server("more", 2)).isEmpty();
  }

  @Test
  void shouldTellTlsRecordsFromOutside() {
    byte[] hello = new byte[5 + 100];
    hello[0] = 22;
    hello[1] = 3;
    hello[2] = 1;
    hello[4] = 100;
    hello[5] = 1;
    for (byte each : hello) {
      byte[] one = {each};
      conversation.fromBoard(one, 1, 0);
    }
    byte[] alert = {21, 3, 3, 0, 2, 2, 48};
    assertThat(conversation.fromBoard(alert, alert.length, 1).get(0).meaning())
        .isEqualTo("TLS alert 48 (unknown_ca), in clear");
  }

  @Test
  void shouldBearWhateverComes() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      Conversation strange = new Conversation(random.nextBoolean());
      for (int j = 0; j < 20; j++) {
        byte[] bytes = new byte[1 + random.nextInt(64)];
        random.nextBytes(bytes);
        for (int k = 0; k < bytes.length; k++) {
          bytes[k] =
              random.nextInt(4) == 0 ? bytes[k] : (byte) "WRAX0123ABCDEF\r\n".charAt(bytes[k] & 15);
        }
        assertThat(strange.fromBoard(bytes, bytes.length, j * MILLI)).isNotNull();
        assertThat(strange.fromServer(bytes, bytes.length, j * MILLI)).isNotNull();
      }
      assertThat(strange.boardEnded(0)).isNotNull();
    }
  }
}
