package io.wwep.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wwep.tap.change.Delivery;
import io.wwep.tap.change.FaultPlan;
import io.wwep.tap.change.ReplyChanges;
import io.wwep.tap.change.RequestChanges;
import io.wwep.tap.change.Rewrite;
import io.wwep.tap.decode.Conversation;
import io.wwep.tap.decode.Message;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * What passes through a tap: bytes of a board and of a server in reads of any size. {@code FF} ends
 * a read, {@code FE} lets the other side send. Whatever they are, they are told in words, and those
 * that no rule is about go on as they are.
 */
class TapFuzzTest {

  private static final byte END_OF_READ = (byte) 0xFF;
  private static final byte OTHER_SIDE = (byte) 0xFE;

  /** Rules that look into each frame, and leave each digit as it is. */
  private static final List<Rewrite> RULES =
      List.of(
          Rewrite.parse("W....05=.... -> ...."),
          Rewrite.parse("R....05 -> R......"),
          Rewrite.parse("A....05=.... -> ...."));

  @FuzzTest
  void shouldPassOnWhatIsNotAltered(byte[] input) {
    Conversation conversation = new Conversation(input.length % 2 == 0);
    Way board = new Way(conversation, true);
    Way server = new Way(conversation, false);
    Way now = board;
    int start = 0;
    for (int i = 0; i < input.length; i++) {
      if (input[i] == END_OF_READ || input[i] == OTHER_SIDE) {
        now.read(Arrays.copyOfRange(input, start, i));
        now = input[i] == OTHER_SIDE ? (now == board ? server : board) : now;
        start = i + 1;
      }
    }
    now.read(Arrays.copyOfRange(input, start, input.length));
    conversation.boardEnded(0);
    board.requireSame();
    server.requireSame();
  }

  /** One direction. */
  private static final class Way {

    private final Conversation conversation;
    private final boolean ofBoard;
    private final RequestChanges requests = new RequestChanges(RULES);
    private final ReplyChanges replies =
        new ReplyChanges(
            RULES, false, new FaultPlan(List.of(), false), InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream in = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Way(Conversation conversation, boolean ofBoard) {
      this.conversation = conversation;
      this.ofBoard = ofBoard;
    }

    void read(byte[] bytes) {
      if (bytes.length == 0) {
        return;
      }
      in.writeBytes(bytes);
      List<Message> messages =
          ofBoard
              ? conversation.fromBoard(bytes, bytes.length, 0)
              : conversation.fromServer(bytes, bytes.length, 0);
      for (Message each : messages) {
        if (each.meaning().isBlank()) {
          throw new AssertionError("nothing is said of " + each);
        }
      }
      if (ofBoard) {
        out.writeBytes(requests.take(bytes, bytes.length).bytes());
      } else {
        for (Delivery each : replies.take(bytes, bytes.length, messages)) {
          out.writeBytes(each.bytes());
        }
      }
      if (bytes[0] % 2 == 0) {
        release(); // as after a pause
      }
    }

    private void release() {
      if (ofBoard && requests.holds()) {
        out.writeBytes(requests.release());
      } else if (!ofBoard && replies.holds()) {
        out.writeBytes(replies.release());
      }
    }

    void requireSame() {
      release();
      if (!Arrays.equals(in.toByteArray(), out.toByteArray())) {
        throw new AssertionError(
            "%s became %s"
                .formatted(Arrays.toString(in.toByteArray()), Arrays.toString(out.toByteArray())));
      }
    }
  }
}
