package io.wwep.it.wireshark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Tool;
import io.wwep.protocol.FrameParser;
import io.wwep.protocol.FrameSink;
import io.wwep.protocol.Neighbors;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Rejection;
import io.wwep.protocol.Wwep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dissector on captures that are written packet by packet. */
@Timeout(120)
class DissectorTest {

  private static final int PLAIN = Wwep.PLAIN_PORT;
  private static final String WRITE = "W0FAC0B1234";
  private static final String ACCEPTED = "A0FAC0B1234";

  @TempDir private Path directory;
  private final TcpPcap pcap = new TcpPcap();

  private Tshark tshark() throws Exception {
    return Tshark.on(pcap.write(directory.resolve("capture.pcap")));
  }

  @Test
  void shouldShowARequestAndItsReplyWithLinksBothWays() throws Exception {
    TcpPcap.Talk talk = pcap.talk(PLAIN);
    int asked = talk.sends("W0fac0babcd");
    int answered = talk.answers("A0FAC0BABCD");

    List<List<String>> rows =
        tshark()
            .twice()
            .rows(
                "wwep",
                "frame.number",
                "wwep.command",
                "wwep.reply",
                "wwep.device",
                "wwep.register",
                "wwep.value",
                "wwep.response_in",
                "wwep.request_in",
                "wwep.time",
                "_ws.col.Protocol");

    assertThat(rows)
        .containsExactly(
            List.of(asked + "", "W", "", "0x0fac", "0x0b", "0xabcd", answered + "", "", "", "WWEP"),
            List.of(
                answered + "",
                "",
                "A",
                "0x0fac",
                "0x0b",
                "0xabcd",
                "",
                asked + "",
                "0.001000000",
                "WWEP"));
  }

  @Test
  void shouldPutTogetherAFrameThatIsSplitAnywhere() throws Exception {
    List<Integer> last = new ArrayList<>();
    for (int at = 1; at < WRITE.length(); at++) {
      TcpPcap.Talk talk = pcap.talk(PLAIN);
      talk.sends(WRITE.substring(0, at));
      last.add(talk.sends(WRITE.substring(at)));
      talk.answers(ACCEPTED.substring(0, at));
      last.add(talk.answers(ACCEPTED.substring(at)));
    }
    TcpPcap.Talk byteByByte = pcap.talk(PLAIN);
    List<Integer> parts = WRITE.chars().mapToObj(c -> byteByByte.sends("" + (char) c)).toList();
    last.add(parts.get(parts.size() - 1));

    Tshark tshark = tshark().twice();
    assertThat(tshark.rows("wwep.value == 0x1234", "frame.number", "wwep.device", "wwep.register"))
        .isEqualTo(last.stream().map(each -> List.of(each + "", "0x0fac", "0x0b")).toList());
    assertThat(
            tshark.column(
                "wwep.segment && frame.number == " + last.get(last.size() - 1), "wwep.segment"))
        .containsExactly(joined(parts));
    assertThat(tshark.column("wwep.complete_in && tcp.stream == 10", "wwep.complete_in"))
        .hasSize(10)
        .containsOnly(parts.get(10) + "");
    assertThat(tshark.rows("wwep.code", "frame.number")).isEmpty();
  }

  private static String joined(List<?> all) {
    return all.stream().map(Object::toString).collect(Collectors.joining(Tshark.BETWEEN));
  }

  @Test
  void shouldTellAHundredFramesOfOneSegmentApart() throws Exception {
    String writes = frames('W');
    TcpPcap.Talk talk = pcap.talk(PLAIN);
    int asked = talk.sends(writes);
    int first = talk.answers(frames('A').substring(0, 505));
    int second = talk.answers(frames('A').substring(505));

    List<List<String>> rows =
        tshark().twice().rows("wwep", "wwep.device", "wwep.response_in", "wwep.request_in");

    String devices =
        joined(IntStream.range(0, 100).mapToObj(i -> String.format("0x%04x", i)).toList());
    List<String> links = new ArrayList<>(Collections.nCopies(45, first + ""));
    links.addAll(Collections.nCopies(55, second + ""));
    assertThat(rows.get(0)).containsExactly(devices, joined(links), "");
    assertThat(rows.get(1).get(2)).isEqualTo(joined(Collections.nCopies(45, asked)));
    assertThat(rows.get(2).get(2)).isEqualTo(joined(Collections.nCopies(55, asked)));
  }

  private static String frames(char command) {
    return IntStream.range(0, 100)
        .mapToObj(i -> String.format("%c%04X%02X%04X", command, i, i, i))
        .collect(Collectors.joining());
  }

  /** What the room of the protocol, which the server uses, says of the same bytes. */
  private static Rejection byTheServer(String bytes) {
    List<Rejection> rejections = new ArrayList<>();
    FrameParser[] parser = new FrameParser[1];
    parser[0] =
        new FrameParser(
            false,
            new FrameSink() {
              @Override
              public void read(int address) {}

              @Override
              public void write(int address, int value) {}

              @Override
              public void emptyLine() {}

              @Override
              public void reject(RejectCode code) {
                rejections.add(parser[0].rejection(new Neighbors(PLAIN, Wwep.TLS_PORT, null)));
              }
            });
    byte[] all = bytes.getBytes(ISO_8859_1);
    parser[0].parse(all, 0, all.length);
    assertThat(rejections).as(bytes).hasSize(1);
    return rejections.get(0);
  }

  @Test
  void shouldGiveTheServersCodesAndSentences() throws Exception {
    List<String> illegal =
        List.of(
            "w0FAC0B1234",
            "r0FAC0B",
            "hello",
            "A0FAC0B1234",
            "\0",
            "W01234\r\n",
            "R\n",
            "W0FAC0B12G4",
            "R0FxC0B\n",
            "W0FA\0",
            "W0FAC0B1234\0",
            "R0FAC0B\0",
            "W0FAC0B12345\n",
            "W0FAC0B1234 \n",
            "\u00ff\u00fe".repeat(50));
    illegal.forEach(
        each -> {
          TcpPcap.Talk talk = pcap.talk(PLAIN);
          talk.sends(each);
          talk.answers("X");
        });

    List<List<String>> rows =
        tshark().twice().rows("wwep", "wwep.code", "_ws.expert.message", "wwep.bytes");

    for (int i = 0; i < illegal.size(); i++) {
      Rejection expected = byTheServer(illegal.get(i));
      String sentence = expected.code().word() + ": " + expected.sentence();
      String shown = new String(expected.received().getBytes(UTF_8), ISO_8859_1);
      assertThat(rows.get(2 * i)).containsExactly(expected.code().word(), sentence, shown);
      assertThat(rows.get(2 * i + 1)).containsExactly(expected.code().word(), sentence, "");
    }
  }

  @Test
  void shouldRecognizeWhatCameToTheWrongPort() throws Exception {
    TcpPcap.Talk tls = pcap.talk(PLAIN);
    tls.sends(new byte[] {0x16, 0x03, 0x01, 0x00, 0x05, 1, 2});
    tls.sends(new byte[] {3, 'W', '\n'});
    tls.answers("X");
    for (String request : List.of("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "POST /x")) {
      TcpPcap.Talk http = pcap.talk(PLAIN);
      http.sends(request);
      http.answers("X");
    }
    TcpPcap.Talk clear = pcap.talk(Wwep.TLS_PORT);
    clear.sends(WRITE);
    clear.answers("X plain-on-tls-port");
    TcpPcap.Talk browser = pcap.talk(Wwep.TLS_PORT);
    browser.sends("GET / HTTP/1.1\r\n\r\n");
    browser.answers("X");
    TcpPcap.Talk banner = pcap.talk(Wwep.TLS_PORT);
    banner.sends("SSH-2.0-OpenSSH_9.2\r\n");
    banner.answers("X");
    // Empty lines in a segment of their own, and mistakes of boards.
    List<String> inClear = List.of("\r\n", "w0FAC0B1234", " W0FAC0B1234", "\r\nr0FA");
    for (String sent : inClear) {
      TcpPcap.Talk board = pcap.talk(Wwep.TLS_PORT);
      board.sends(sent);
      board.answers("X");
    }
    for (String sent : List.of("welcome", "ready.", " \r\n", "w")) {
      TcpPcap.Talk other = pcap.talk(Wwep.TLS_PORT);
      other.sends(sent);
      other.answers("X");
    }

    assertThat(tshark().twice().rows("wwep.code", "tcp.stream", "wwep.code"))
        .containsExactly(
            List.of("0", "tls-on-plain-port"),
            List.of("0", "tls-on-plain-port"),
            List.of("1", "http"),
            List.of("1", "http"),
            List.of("2", "http"),
            List.of("2", "http"),
            List.of("3", "plain-on-tls-port"),
            List.of("3", "plain-on-tls-port"),
            List.of("4", "http"),
            List.of("4", "http"),
            List.of("5", "tls-failed"),
            List.of("5", "tls-failed"),
            List.of("6", "plain-on-tls-port"),
            List.of("6", "plain-on-tls-port"),
            List.of("7", "plain-on-tls-port"),
            List.of("7", "plain-on-tls-port"),
            List.of("8", "plain-on-tls-port"),
            List.of("8", "plain-on-tls-port"),
            List.of("9", "plain-on-tls-port"),
            List.of("9", "plain-on-tls-port"),
            List.of("10", "tls-failed"),
            List.of("10", "tls-failed"),
            List.of("11", "tls-failed"),
            List.of("11", "tls-failed"),
            List.of("12", "tls-failed"),
            List.of("12", "tls-failed"),
            List.of("13", "tls-failed"),
            List.of("13", "tls-failed"));
  }

  @Test
  void shouldShowAnXInClearToAClientOfTls() throws Exception {
    TcpPcap.Talk handshake = pcap.talk(Wwep.TLS_PORT);
    handshake.sends(new byte[] {0x16, 0x03, 0x01, 0x00, 0x04, 0x01, 0, 0, 0});
    int away = handshake.answers("X limited   ");
    TcpPcap.Talk silent = pcap.talk(Wwep.TLS_PORT);
    int full = silent.answers("X");

    assertThat(tshark().twice().rows("wwep", "frame.number", "wwep.code", "wwep.expert.unasked"))
        .containsExactly(List.of(away + "", "limited", "1"), List.of(full + "", "", "1"));
  }

  @Test
  void shouldSayWhyALegalFrameGotAnX() throws Exception {
    TcpPcap.Talk talk = pcap.talk(PLAIN);
    talk.sends("R0BAC0B");
    talk.answers("X");
    talk.sends(WRITE);
    talk.answers("X");
    talk.sends("R0BAC0B" + WRITE);
    talk.answers("X not-writtenX denied   ");
    talk.sends(WRITE);
    talk.answers("X");
    talk.answers(" storage   ");

    Tshark tshark = tshark().twice();
    assertThat(tshark.rows("wwep.reply == \"X\"", "wwep.code", "wwep.explanation", "wwep.device"))
        .containsExactly(
            List.of("not-written", "", "0x0bac"),
            List.of("", "", "0x0fac"),
            List.of("not-written|denied", "not-written|denied", "0x0bac|0x0fac"),
            List.of("storage", "", "0x0fac"));
    assertThat(tshark.column("wwep.reply == \"X\"", "_ws.expert.message"))
        .element(0)
        .isEqualTo(
            "not-written: probably nobody has written register 0B of device 0BAC yet: write it first, as in W0BAC0B1234");
    assertThat(tshark.column("wwep.expert.refused", "frame.number")).hasSize(1);
  }

  @Test
  void shouldTellWhyAFrameStopped() throws Exception {
    TcpPcap.Talk paused = pcap.talk(PLAIN);
    int pause = paused.sends("W01234");
    int x = paused.answers("X");
    TcpPcap.Talk half = pcap.talk(PLAIN);
    int both = half.sends(WRITE + "R0FA");
    half.clientEnds();
    int accepted = half.answers(ACCEPTED);
    int last = half.answers("X");
    TcpPcap.Talk fin = pcap.talk(PLAIN);
    int ending = fin.sendsAndEnds("R0FA");

    assertThat(tshark().twice().rows("wwep", "frame.number", "wwep.code", "wwep.response_in"))
        .containsExactly(
            List.of(pause + "", "incomplete", x + ""),
            List.of(x + "", "incomplete", ""),
            List.of(both + "", "incomplete", accepted + "|" + last),
            List.of(accepted + "", "", ""),
            List.of(last + "", "incomplete", ""),
            List.of(ending + "", "incomplete", ""));
  }

  @Test
  void shouldGoOnBehindTheLineOfAnIllegalFrame() throws Exception {
    TcpPcap.Talk talk = pcap.talk(PLAIN);
    talk.sends("hello\r\n\r\nR0FAC0B\r\n");
    talk.answers("X" + ACCEPTED);
    talk.sends("nonsense");
    talk.sends(" and more of it\n" + WRITE);
    talk.answers("X" + ACCEPTED);

    assertThat(tshark().twice().rows("wwep", "wwep.command", "wwep.code", "wwep.request_in"))
        .containsExactly(
            List.of("R", "bad-command", ""),
            List.of("", "bad-command", "4|4"),
            List.of("", "bad-command", ""),
            List.of("W", "", ""),
            List.of("", "bad-command", "6|7"));
  }

  @Test
  void shouldTakeNothingTwice() throws Exception {
    TcpPcap.Talk talk = pcap.talk(PLAIN, -8); // the numbers go over their end
    int first = talk.sends(WRITE);
    int again = talk.sendsAgain(WRITE);
    talk.answers(ACCEPTED);
    int second = talk.sendsAgain(WRITE, "R0FAC0B");
    int reply = talk.answers("A0FAC0B5678");

    Tshark tshark = tshark().twice();
    assertThat(tshark.column("wwep.command", "frame.number")).containsExactly(first + "");
    // Where Wireshark is told not to look itself, and so hands out what it would have left out.
    Tshark noHelp = tshark.with("-o", "tcp.analyze_sequence_numbers:FALSE");
    assertThat(noHelp.column("wwep.reply", "wwep.request_in"))
        .containsExactly(first + "", second + "");
    assertThat(noHelp.column("wwep.response_in == " + reply, "frame.number"))
        .containsExactly(second + "");
    assertThat(noHelp.column("wwep.expert.repeated", "frame.number"))
        .containsExactly(again + "", second + "");
  }

  @Test
  void shouldGoOnBehindWhatWasNotCaptured() throws Exception {
    TcpPcap.Talk talk = pcap.talk(PLAIN);
    talk.sends("W0001010001");
    talk.losesReply("A0001010001A0002020002A00");
    talk.losesRequest("W0002020002W00");
    int behind = talk.sends("0A0A000AW0004040004\nW0005050005");
    int reply = talk.answers("0A0A000AA0004040004");
    int last = talk.answers("A0005050005");

    Tshark tshark = tshark().twice();
    assertThat(tshark.rows("frame.number == " + behind, "wwep.device", "wwep.response_in"))
        .containsExactly(List.of("0x0004|0x0005", reply + "|" + last));
    assertThat(tshark.column("wwep.expert.gap", "frame.number"))
        .containsExactly(behind + "", reply + "");
    assertThat(tshark.column("wwep.code || wwep.expert.wrong_reply", "frame.number")).isEmpty();
  }

  @Test
  void shouldNotTakeTheReplyOfALostRequestForThatOfAnother() throws Exception {
    TcpPcap.Talk talk = pcap.talk(PLAIN);
    talk.sends("W0001010001W0002020002");
    talk.losesReply("A0001010001");
    int second = talk.answers("A0002020002");
    int third = talk.sends("R000303");
    int fourth = talk.answers("A0003030009");

    Tshark tshark = tshark().twice();
    assertThat(tshark.rows("frame.number == " + second, "wwep.request_in"))
        .containsExactly(List.of("4"));
    assertThat(tshark.column("wwep.expert.wrong_reply", "frame.number")).isEmpty();
    assertThat(tshark.column("frame.number == " + fourth, "wwep.request_in"))
        .containsExactly(third + "");
  }

  @Test
  void shouldSayThatAReplyAnswersSomethingElseOrIsNone() throws Exception {
    TcpPcap.Talk wrong = pcap.talk(PLAIN);
    wrong.sends("R000303");
    int answered = wrong.answers("A0009090009");
    TcpPcap.Talk foreign = pcap.talk(PLAIN);
    foreign.sends("R000303");
    int strange = foreign.answers("220 mail.example ESMTP\r\n");
    TcpPcap.Talk away = pcap.talk(PLAIN);
    int unasked = away.answers("X limited   ");

    Tshark tshark = tshark().twice();
    assertThat(tshark.column("wwep.expert.wrong_reply", "frame.number"))
        .containsExactly(answered + "");
    assertThat(tshark.column("wwep.expert.no_wwep", "frame.number")).containsExactly(strange + "");
    assertThat(tshark.rows("wwep.expert.unasked", "frame.number", "wwep.code"))
        .containsExactly(List.of(unasked + "", "limited"));
    assertThat(tshark.column("wwep.expert.no_response", "tcp.stream")).containsExactly("1");
  }

  private void install() throws Exception {
    Path plugins = Files.createDirectories(directory.resolve(".local/lib/wireshark/plugins"));
    Files.copy(Tshark.DISSECTOR, plugins.resolve("wwep.lua"));
  }

  @Test
  void shouldBeThereOnceWhenItIsInstalledAndNamedToo() throws Exception {
    install();
    TcpPcap.Talk talk = pcap.talk(PLAIN);
    talk.sends(WRITE);
    talk.answers(ACCEPTED);

    assertThat(tshark().column("wwep.reply", "wwep.value")).containsExactly("0x1234");
  }

  /** As in the windows of Wireshark, where people click on any packet and back. */
  @Test
  void shouldShowTheSameInAnyOrder() throws Exception {
    Tool.of("sharkd");
    TcpPcap.Talk talk = pcap.talk(PLAIN);
    int first = talk.sends("W0FAC0B12");
    talk.sends("34R0FAC");
    talk.answers(ACCEPTED + "A0F");
    talk.answers("AC0B1234");
    int last = talk.sends("0BW01234\nX");
    talk.answers("XX");
    install();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<Integer> all =
          IntStream.rangeClosed(first, last + 1).boxed().collect(Collectors.toList());
      Collections.shuffle(all, new Random(i));
      order.addAll(all);
    }
    StringBuilder questions = new StringBuilder();
    String load =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"load\",\"params\":{\"file\":\"%s\"}}\n";
    questions.append(load.formatted(pcap.write(directory.resolve("capture.pcap"))));
    String frame =
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"frame\",\"params\":{\"frame\":%d,\"proto\":true}}\n";
    order.forEach(each -> questions.append(frame.formatted(each, each)));

    Tool.Result result =
        Tool.of("env", "HOME=" + directory, "sharkd", "-").run(questions.toString());

    List<String> answers = result.out().lines().skip(1).toList();
    assertThat(answers)
        .as(result.err())
        .hasSameSizeAs(order)
        .allMatch(each -> each.contains("WWEP"));
    Map<Integer, String> seen = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      String before = seen.putIfAbsent(order.get(i), answers.get(i));
      assertThat(answers.get(i)).isEqualTo(before == null ? answers.get(i) : before);
    }
    assertThat(seen).hasSize(last + 2 - first);
  }

  @Test
  void shouldKnowOtherPortsByPreferenceAndByDecodeAs() throws Exception {
    TcpPcap.Talk first = pcap.talk(5001);
    first.sends("X is no command");
    first.answers("X");
    TcpPcap.Talk second = pcap.talkUnderWay(5003);
    second.answers(ACCEPTED);
    second.sends("R0FAC0B");

    assertThat(tshark().rows("wwep", "frame.number")).isEmpty();
    for (Tshark tshark :
        List.of(
            tshark().with("-o", "wwep.plain_ports:27708,5001-5003"),
            tshark().with("-d", "tcp.port==5001,wwep", "-d", "tcp.port==5003,wwep"))) {
      assertThat(tshark.rows("wwep", "wwep.command", "wwep.reply", "wwep.code"))
          .containsExactly(
              List.of("", "", "bad-command"),
              List.of("", "X", "bad-command"),
              List.of("", "A", ""),
              List.of("R", "", ""));
    }
  }
}
