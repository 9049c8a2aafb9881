package io.wwep.it.peers;

import io.wwep.it.Scale;
import io.wwep.it.conformance.Trust;
import io.wwep.it.peers.WatchedServer.Mode;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that are not TLS, or are it only at first sight. */
@Tag("staged")
@Timeout(300)
class GarbageTest extends PeersTest {

  private static final byte HANDSHAKE = 0x16;
  private static final byte APPLICATION_DATA = 0x17;
  private static final int RECORD_BYTES_MAX = 16 * 1024;

  /** What is sent to the TLS port at once. */
  private static final List<Function<Random, byte[]>> OPENINGS =
      List.of(
          GarbageTest::noise,
          random -> record(HANDSHAKE, noise(random)),
          random -> Hello.start(1 + random.nextInt(Hello.whole().length - 1)),
          GarbageTest::helloWithWrongBytes,
          GarbageTest::giantHello,
          random -> record(HANDSHAKE, new byte[0]),
          random -> new byte[] {HANDSHAKE, 3, 1, (byte) 0xFF, (byte) 0xFF},
          random -> "WB0A40B1234".getBytes(StandardCharsets.US_ASCII),
          random -> "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

  private static byte[] noise(Random random) {
    byte[] noise = new byte[1 + random.nextInt(2_000)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] record(byte type, byte[] content) {
    ByteBuffer record = ByteBuffer.allocate(Hello.RECORD_HEADER_BYTES + content.length);
    return record
        .put(new byte[] {type, 3, 3})
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  private static byte[] helloWithWrongBytes(Random random) {
    byte[] hello = Hello.whole();
    for (int i = 0; i < 3; i++) {
      int at = Hello.RECORD_HEADER_BYTES + random.nextInt(hello.length - Hello.RECORD_HEADER_BYTES);
      hello[at] = (byte) random.nextInt();
    }
    return hello;
  }

  /** Says that 16 MiB follow, and begins with them. */
  private static byte[] giantHello(Random random) {
    byte[] content = new byte[RECORD_BYTES_MAX - random.nextInt(100)];
    random.nextBytes(content);
    ByteBuffer.wrap(content).putInt(0x01_FF_FF_FF);
    byte[] record = record(HANDSHAKE, content);
    byte[] two = Arrays.copyOf(record, 2 * record.length);
    System.arraycopy(record, 0, two, record.length, record.length);
    return two;
  }

  @ParameterizedTest
  @MethodSource("modes")
  void shouldStandGarbageInsteadOfAHandshake(Mode mode) throws Exception {
    WatchedServer server = server(mode);
    Random random = new Random(Scale.seed("garbage"));
    int peers = server.of(900, 20_000);
    server.withstand(
        "garbage",
        mob -> {
          for (int i = 0; i < peers; i++) {
            byte[] bytes = OPENINGS.get(i % OPENINGS.size()).apply(random);
            SocketChannel channel = mob.connect(server.tlsPort());
            channel.write(ByteBuffer.wrap(bytes));
            // Every other one stays until the server has had enough of it.
            if (i / OPENINGS.size() % 2 == 0) {
              channel.close();
            } else {
              mob.add(channel);
            }
          }
          for (int i = 0; i < peers / 10; i++) {
            Mob.send(mob.join(server.plainPort()), i % 2 == 0 ? Hello.whole() : Hello.half());
          }
          return peers + peers / 10;
        });
  }

  /** A handshake in good order, and then something else than TLS. */
  @ParameterizedTest
  @MethodSource("modes")
  void shouldStandGarbageBehindAHandshake(Mode mode) throws Exception {
    WatchedServer server = server(mode);
    Random random = new Random(Scale.seed("garbage behind a handshake"));
    int peers = server.of(60, 1_000);
    SSLContext tls = Trust.everybody();
    server.withstand(
        "garbageRecords",
        mob -> {
          for (int i = 0; i < peers; i++) {
            byte[] garbage = i % 2 == 0 ? noise(random) : record(APPLICATION_DATA, noise(random));
            spoil(
                tls,
                i % 3 == 0 ? "TLSv1.2" : "TLSv1.3",
                mob.joinBlocking(server.tlsPort()),
                garbage);
          }
          return peers;
        });
  }

  /** Waits until the server has had enough. */
  private static void spoil(SSLContext context, String version, Socket tcp, byte[] garbage)
      throws IOException {
    try (SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(tcp, null, tcp.getPort(), true)) {
      tls.setEnabledProtocols(new String[] {version});
      tls.startHandshake();
      tcp.getOutputStream().write(garbage);
      tcp.shutdownOutput();
      tcp.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      // That will do too.
    }
  }
}
