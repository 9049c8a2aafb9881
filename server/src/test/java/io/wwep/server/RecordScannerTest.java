package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordScannerTest {

  private static final int[] BODIES = {100, 24, 26, 0, 19};

  private static ByteBuf stream() {
    ByteBuf bytes = Unpooled.buffer();
    for (int body : BODIES) {
      bytes.writeByte(body == 26 ? 21 : 23).writeShort(0x0303).writeShort(body).writeZero(body);
    }
    return bytes;
  }

  @Test
  void shouldFindEveryRecordAtEverySplit() {
    ByteBuf stream = stream();
    for (int split = 0; split <= stream.readableBytes(); split++) {
      RecordScanner scanner = new RecordScanner();
      ByteBuf bytes = Unpooled.buffer().writeBytes(stream, 0, split);
      List<Integer> found = new ArrayList<>(scan(scanner, bytes));
      bytes.writeBytes(stream, split, stream.readableBytes() - split);
      found.addAll(scan(scanner, bytes));
      assertThat(found).as("split %d", split).containsExactly(100, 24, -26, 0, 19);
      assertThat(bytes.isReadable()).isFalse();
      assertThat(scanner.isComplete()).isTrue();
    }
  }

  /** Returns the lengths of the records' bodies, those of alerts negative. */
  private static List<Integer> scan(RecordScanner scanner, ByteBuf bytes) {
    List<Integer> found = new ArrayList<>();
    scanner.skipBody(bytes);
    while (scanner.isAtHeader(bytes)) {
      int body = scanner.bodyLength(bytes);
      found.add(scanner.isAlert(bytes) ? -body : body);
      scanner.enter(bytes);
    }
    return found;
  }

  @Test
  void shouldTellTheLastRecord() {
    RecordScanner scanner = new RecordScanner();
    ByteBuf bytes = stream();
    for (int i = 0; i < BODIES.length; i++) {
      assertThat(scanner.isLast(bytes)).as("record %d", i).isEqualTo(i == BODIES.length - 1);
      scanner.enter(bytes);
    }
  }

  @Test
  void shouldLeaveAHeaderThatIsNotComplete() {
    RecordScanner scanner = new RecordScanner();
    ByteBuf bytes = Unpooled.wrappedBuffer(new byte[] {23, 3, 3, 0});
    assertThat(scanner.isAtHeader(bytes)).isFalse();
    assertThat(bytes.readableBytes()).isEqualTo(4);
  }
}
