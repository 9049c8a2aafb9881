package io.wwep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and replies as values, and as the bytes that they are on the wire. */
class MessagesTest {

  private static final RegisterId ID = new RegisterId(0x0FAC, 0x0B);

  @Test
  void shouldEncodeTheLecturesExamples() {
    assertThat(Reads.text(new Request.Read(ID).encode())).isEqualTo("R0FAC0B");
    assertThat(Reads.text(new Request.Write(ID, 0x1234).encode())).isEqualTo("W0FAC0B1234");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, R000000, W0000000000",
    "65535, 255, 65535, RFFFFFF, WFFFFFFFFFF",
    "43981, 239, 1, RABCDEF, WABCDEF0001"
  })
  void shouldEncodeTheWholeRange(int device, int register, int value, String read, String write) {
    RegisterId id = new RegisterId(device, register);

    assertThat(Reads.text(new Request.Read(id).encode())).isEqualTo(read);
    assertThat(Reads.text(new Request.Write(id, value).encode())).isEqualTo(write);
  }

  @Test
  void shouldNameTheRegisterOfARequest() {
    assertThat(List.of(new Request.Read(ID), new Request.Write(ID, 7)))
        .extracting(Request::id)
        .containsExactly(ID, ID);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void shouldRefuseValuesOutOfRange(int value) {
    String message = "value must be 0 to 65535 (0xFFFF), not " + value;

    assertThatThrownBy(() -> new Request.Write(ID, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> new Reply.Accepted(ID, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void shouldRefuseARequestOrReplyOfNoRegister() {
    assertThatThrownBy(() -> new Request.Read(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("id");
    assertThatThrownBy(() -> new Request.Write(null, 0))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("id");
    assertThatThrownBy(() -> new Reply.Accepted(null, 0))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("id");
    assertThatThrownBy(() -> new Reply.Rejected(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("explanation");
  }

  @Test
  void shouldPutAnAcceptedReplyAtItsOffsetInUpperCase() {
    byte[] target = Reads.bytes("................");

    Reply.putAccepted(target, 3, 0xFAC0B, 0xABCD);

    assertThat(Reads.text(target)).isEqualTo("...A0FAC0BABCD..");
  }

  @Test
  void shouldReadBackWhatItWrites() {
    long seed = Long.getLong("wwep.seed", System.nanoTime());
    System.out.println("MessagesTest: -Dwwep.seed=" + seed);
    Random random = new Random(seed);
    List<Reply> replies = new ArrayList<>();
    ReplyParser replyParser = new ReplyParser(replies::add);
    for (int i = 0; i < 10_000; i++) {
      RegisterId id = RegisterId.ofAddress(random.nextInt(Wwep.REGISTER_COUNT));
      int value = random.nextInt(RegisterId.VALUE_MAX + 1);
      byte[] reply = new byte[Wwep.ACCEPTED_LENGTH];
      Reply.putAccepted(reply, 0, id.address(), value);
      assertThat(replyParser.parse(reply, 0, reply.length)).isTrue();
      assertThat(replies).as("seed %d", seed).last().isEqualTo(new Reply.Accepted(id, value));

      Recorder recorder = Recorder.plain();
      recorder.feed(Reads.text(new Request.Write(id, value).encode()));
      recorder.feed(Reads.text(new Request.Read(id).encode()));
      assertThat(recorder.what())
          .as("seed %d", seed)
          .containsExactly("write %s %04X".formatted(id, value), "read " + id);
    }
  }

  @Test
  void shouldHaveTheLecturesNumbers() {
    assertThat(Wwep.PLAIN_PORT).isEqualTo(27708);
    assertThat(Wwep.TLS_PORT).isEqualTo(40508);
    assertThat(Wwep.READ_LENGTH).isEqualTo("R0FAC0B".length());
    assertThat(Wwep.WRITE_LENGTH).isEqualTo("W0FAC0B1234".length());
    assertThat(Wwep.ACCEPTED_LENGTH).isEqualTo("A0FAC0B1234".length());
    assertThat(Wwep.REGISTER_COUNT).isEqualTo(65_536 * 256);
    assertThat(Wwep.ACCEPTED).isEqualTo((byte) 'A');
    assertThat(Wwep.REJECTED).isEqualTo((byte) 'X');
  }

  @Test
  void shouldTellHexDigitsFromAllOtherBytes() {
    for (int i = 0; i < 256; i++) {
      int expected = Character.digit(i < 128 ? (char) i : ' ', 16);
      assertThat(Hex.value((byte) i)).as("byte %d", i).isEqualTo((byte) expected);
    }
  }
}
