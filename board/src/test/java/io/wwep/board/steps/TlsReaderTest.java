package io.wwep.board.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Reads TLS whichever way its bytes are cut, and whatever they are. */
class TlsReaderTest {

  private static byte[] clientHello(String host) throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine(host, 40508);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    engine.setSSLParameters(parameters);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    return Arrays.copyOf(record.array(), record.position());
  }

  private static List<Passed> read(Stream<byte[]> pieces) {
    Journal journal = new Journal();
    TlsReader reader = new TlsReader(journal);
    pieces.forEach(reader::sent);
    return journal.takePassed(each -> true);
  }

  private static byte[] record(int type, int... body) {
    byte[] record = new byte[5 + body.length];
    record[0] = (byte) type;
    record[1] = 3;
    record[2] = 3;
    record[3] = (byte) (body.length >> 8);
    record[4] = (byte) body.length;
    for (int i = 0; i < body.length; i++) {
      record[5 + i] = (byte) body[i];
    }
    return record;
  }

  @Test
  void shouldReadAHelloCutAnywhere() throws Exception {
    byte[] hello = clientHello("class.example.org");
    for (int cut = 0; cut <= hello.length; cut++) {
      List<Passed> passed =
          read(Stream.of(Arrays.copyOf(hello, cut), Arrays.copyOfRange(hello, cut, hello.length)));
      assertThat(passed).hasSize(1);
      assertThat(passed.get(0).name()).isEqualTo("ClientHello");
      assertThat(passed.get(0).length()).isEqualTo(hello.length - 5);
      assertThat(passed.get(0).details())
          .contains("offers TLS 1.3, TLS 1.2", "asks for class.example.org", "half a key for");
    }
  }

  @Test
  void shouldReadByteByByte() throws Exception {
    byte[] hello = clientHello("h.example.org");
    assertThat(read(IntStream.range(0, hello.length).mapToObj(i -> new byte[] {hello[i]})))
        .hasSize(1);
  }

  @Test
  void shouldReadAMessageInSeveralRecordsAndSeveralMessagesInOne() {
    byte[] halves = record(22, 14, 0, 0);
    byte[] rest = record(22, 0, 14, 0, 0, 0, 14, 0, 0, 0);
    assertThat(read(Stream.of(halves, rest)).stream().map(Passed::name))
        .containsExactly("ServerHelloDone", "ServerHelloDone", "ServerHelloDone");
  }

  @Test
  void shouldNameAlerts() {
    assertThat(read(Stream.of(record(21, 2, 48))).get(0).name()).isEqualTo("Alert unknown_ca");
    assertThat(read(Stream.of(record(21, 1, 0))).get(0).details()).isEqualTo("a warning");
    assertThat(read(Stream.of(record(21, 2, 199))).get(0).name()).isEqualTo("Alert alert 199");
  }

  @Test
  void shouldTakeWhatFollowsAChangeOfCiphersForEncrypted() {
    assertThat(
            read(Stream.of(record(20, 1), record(22, 9, 9, 9), record(21, 7, 7, 7))).stream()
                .map(Passed::name))
        .containsExactly("ChangeCipherSpec", "encrypted Finished", "encrypted alert");
  }

  @Test
  void shouldSayThatAHelloEndsTooSoon() {
    assertThat(read(Stream.of(record(22, 1, 0, 0, 2, 3, 3))).get(0).details())
        .isEqualTo("ends too soon");
  }

  @Test
  void shouldShowWhatIsNoTls() {
    List<Passed> passed =
        read(
            Stream.of(
                "X".getBytes(StandardCharsets.US_ASCII),
                "more".getBytes(StandardCharsets.US_ASCII)));
    assertThat(passed).hasSize(1);
    assertThat(passed.get(0).text()).isEqualTo("X");
    assertThat(passed.get(0).details()).isEqualTo("no TLS record");
  }

  @Test
  void shouldNotTakeARecordThatIsLongerThanAnyMayBe() {
    byte[] header = {22, 3, 3, (byte) 0xFF, (byte) 0xFF};
    assertThat(read(Stream.of(header)).get(0).details()).isEqualTo("no TLS record");
  }

  @RepeatedTest(50)
  void shouldReadAnythingWithoutAFault(RepetitionInfo repetition) throws Exception {
    long seed = 20_261_127L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(clientHello("x.example.org"));
    for (int i = 0; i < 20; i++) {
      int[] body = random.ints(random.nextInt(200), 0, 256).toArray();
      bytes.writeBytes(record(20 + random.nextInt(4), body));
    }
    byte[] all = bytes.toByteArray();
    for (int i = 0; i < 40; i++) {
      all[random.nextInt(all.length)] = (byte) random.nextInt();
    }
    assertThatNoException().as("seed %d", seed).isThrownBy(() -> read(Stream.of(all)));
  }
}
