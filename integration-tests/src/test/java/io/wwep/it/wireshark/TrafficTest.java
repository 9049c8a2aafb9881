package io.wwep.it.wireshark;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.Loopback;
import io.wwep.it.WwepProcess;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dissector on what boards and the real server say to each other in clear. */
@Timeout(120)
class TrafficTest {

  @TempDir private Path directory;
  private WwepProcess server;
  private Capture capture;

  private void serve(boolean real, String... options) throws Exception {
    assumeTrue(!real || Dumpcap.mayCapture(), "this user may not capture");
    server = WwepProcess.serve(directory, options);
    int port = server.plainPort();
    capture = real ? Dumpcap.begin(directory, port) : Recorder.begin(directory, port);
  }

  @AfterEach
  void end() throws Exception {
    if (capture != null) {
      capture.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** Sends parts, each in a segment of its own, ends, and reads until the server closes. */
  private String send(String... parts) throws Exception {
    try (Socket socket = new Socket(Loopback.address(1), capture.port(server.plainPort()))) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      for (String part : parts) {
        out.write(part.getBytes(US_ASCII));
      }
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private Tshark tshark() throws Exception {
    return Tshark.on(capture.end()).with("-o", "wwep.plain_ports:" + server.plainPort()).twice();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldShowEachMessageWithItsReply(boolean real) throws Exception {
    serve(real);
    assertThat(send("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
    assertThat(send("W", "0", "F", "A", "C", "0", "B", "5", "6", "7", "8"))
        .isEqualTo("A0FAC0B5678");
    assertThat(send("R0BAC0B")).isEqualTo("X");
    assertThat(send("W0FAC0B1234\0")).isEqualTo("X");
    assertThat(send("W0FAC0B12G4\nR0FAC0B\r\n")).isEqualTo("XA0FAC0B5678");
    assertThat(send("R0FAC0BR0FA")).isEqualTo("A0FAC0B5678X");

    Tshark tshark = tshark();
    assertThat(tshark.column("wwep.reply", "wwep.code"))
        .filteredOn(each -> !each.isEmpty())
        .containsExactly("not-written", "too-long", "bad-digit", "incomplete");
    List<String> streams = tshark.column("wwep.response_in", "tcp.stream");
    assertThat(streams).containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(tshark.column("wwep.time", "wwep.time"))
        .isNotEmpty()
        .allSatisfy(all -> assertThat(all.split("\\|", -1)).allMatch(each -> seconds(each) >= 0));
    assertThat(tshark.column("wwep.expert.no_response || wwep.expert.unasked", "frame.number"))
        .isEmpty();
  }

  private static double seconds(String text) {
    return Double.parseDouble(text);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldShowAHundredFramesThatCameInOneGo(boolean real) throws Exception {
    serve(real);
    String writes = frames('W');
    assertThat(send(writes)).isEqualTo(frames('A'));

    Tshark tshark = tshark();
    assertThat(values(tshark, "wwep.command == \"W\"", "wwep.value"))
        .isEqualTo(IntStream.range(0, 100).mapToObj(i -> String.format("0x%04x", i)).toList());
    assertThat(values(tshark, "wwep.request_in", "wwep.request_in")).hasSize(100);
    assertThat(values(tshark, "wwep.response_in", "wwep.response_in")).hasSize(100);
    assertThat(tshark.column("wwep.code", "wwep.code")).isEmpty();
  }

  private static String frames(char command) {
    return IntStream.range(0, 100)
        .mapToObj(i -> String.format("%c%04X%02X%04X", command, i, i, i))
        .collect(Collectors.joining());
  }

  private static List<String> values(Tshark tshark, String filter, String field) throws Exception {
    return tshark.column(filter, field).stream()
        .flatMap(each -> List.of(each.split("\\|", -1)).stream())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTakeTheReasonFromAServerThatExplains(boolean real) throws Exception {
    serve(real, "--explain", "--read-only", "plain");
    assertThat(send("R0BAC0BW0FAC0B1234hello\n")).isEqualTo("X not-writtenX too-long ");
    assertThat(send("W0FAC0B1234R0BAC0B")).isEqualTo("X denied   X not-written");

    Tshark tshark = tshark();
    assertThat(values(tshark, "wwep.explanation", "wwep.explanation"))
        .containsExactly("not-written", "too-long", "denied", "not-written");
    assertThat(values(tshark, "wwep.reply", "wwep.code"))
        .containsExactly("not-written", "too-long", "denied", "not-written");
    assertThat(Collections.max(tshark.column("wwep.reply", "tcp.stream"))).isEqualTo("1");
  }
}
