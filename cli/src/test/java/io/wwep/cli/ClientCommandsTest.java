package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** read, write, dump and send against real servers, and every exit code. */
@Timeout(60)
class ClientCommandsTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Run at(int port, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--host", "127.0.0.1", "--port", String.valueOf(port)));
    return Run.of(all.toArray(String[]::new));
  }

  private static Run plain(String... args) {
    return at(server.plainPort(), args);
  }

  private static Run tls(String... args) {
    return at(server.tlsPort(), args);
  }

  private static Run misbehaving(Misbehavior misbehavior, String... args) {
    try (MisbehavingServer bad = MisbehavingServer.start(misbehavior)) {
      return at(bad.port(), args);
    }
  }

  private static void assertPrints(Run run, String out) {
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(out + System.lineSeparator());
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void shouldPrintJustTheValue() {
    assertPrints(plain("write", "0FAC", "0B", "1234"), "1234");
    assertPrints(plain("read", "0FAC", "0B"), "1234");
  }

  @ParameterizedTest
  @CsvSource({
    "0x1AB, 0x0c, 0xBEEF, BEEF",
    "1ab, c, beef, BEEF",
    "0X01AB, 0XC, 0XF, 000F",
    "01AB, 0C, 0, 0000"
  })
  void shouldTakeHexInEveryForm(String device, String register, String value, String shown) {
    assertPrints(plain("write", device, register, value), shown);
    assertPrints(plain("read", "01AB", "0C"), shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12345 | 0B | 1 | DEVICE takes 1 to 4 hex digits, as in 0FAC or 0x0FAC, not '12345'",
        "0x | 0B | 1 | DEVICE takes 1 to 4 hex digits",
        "-1 | 0B | 1 | DEVICE takes 1 to 4 hex digits",
        "0FAC | 100 | 1 | REGISTER takes 1 to 2 hex digits, as in 0B or 0x0B, not '100'",
        "0FAC | 0B | 12G4 | VALUE takes 1 to 4 hex digits, as in 1234 or 0x1234, not '12G4'"
      })
  void shouldExplainBadHex(String device, String register, String value, String sentence) {
    Run run = plain("write", device, register, value);
    run.failsWith(ExitCode.USAGE, sentence, "ry 'wwep help write'");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldExitWith1WhenNobodyWrote() {
    Run run = plain("read", "0BAC", "0B");
    run.failsWith(
        ExitCode.REJECTED,
        "wwep: X: probably nobody has written register 0B of device 0BAC yet: write it first, as in 'wwep write 0BAC 0B 1234'; or the server refused, and its console or log says why");
    assertThat(run.err())
        .contains("; if port %d is the TLS port, add --tls".formatted(server.plainPort()));
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldHintAtTlsWhereTheTlsPortIsAskedInClear() {
    String hint = "; if port %d is the TLS port, add --tls".formatted(server.tlsPort());
    tls("read", "0001", "05").failsWith(ExitCode.REJECTED, "X: probably nobody", hint);
    tls("write", "0001", "05", "1").failsWith(ExitCode.REJECTED, "with X", hint);
  }

  @Test
  void shouldBelieveAnExplanation() {
    Run unwritten = misbehaving(new Misbehavior.Says("X not-written"), "read", "0BAC", "0B");
    unwritten.failsWith(ExitCode.REJECTED, "X: nobody has written register 0B of device 0BAC");
    assertThat(unwritten.err()).doesNotContain("refused");
    misbehaving(new Misbehavior.Says("X limited"), "read", "0BAC", "0B")
        .failsWith(ExitCode.REJECTED, "X (limited): the server did not take the read");
  }

  /** An X over the TLS port in clear looks like that of a register that nobody wrote. */
  @Test
  void shouldHintAtTlsWhereTheServerSaysThatItIsMissing() {
    Misbehavior says = new Misbehavior.Says("X plain-on-tls-port");
    misbehaving(says, "read", "1", "1").failsWith(ExitCode.REJECTED, "TLS port, add --tls");
    misbehaving(says, "write", "1", "1", "1").failsWith(ExitCode.REJECTED, "TLS port, add --tls");
  }

  @ParameterizedTest
  @CsvSource({
    "--port 40508, true",
    "--port 4711, true",
    "--port 27708, false",
    "--port 40508 --tls, false",
    "--port 40508 --insecure, false",
    "--port 40508 --cert device.pem, false",
    "--tls, false"
  })
  void shouldTakeAnyPortButThePlainOneForAPossibleTlsPort(String args, boolean likely) {
    ServerOptions options = new ServerOptions();
    new CommandLine(options).parseArgs(args.split(" "));
    assertThat(options.mayBeTlsPortInClear()).isEqualTo(likely);
  }

  @Test
  void shouldExitWith1WhenAWriteIsRejected() {
    misbehaving(new Misbehavior.AnswersX(), "write", "0FAC", "0B", "1")
        .failsWith(ExitCode.REJECTED, "rejected W0FAC0B0001 with X");
  }

  @Test
  void shouldExitWith3WhenThereIsNoAnswer() {
    misbehaving(new Misbehavior.Refuses(), "read", "1", "1")
        .failsWith(ExitCode.NO_ANSWER, "nothing listens on 127.0.0.1:");
    misbehaving(new Misbehavior.NeverAnswers(), "read", "1", "1", "--timeout", "100ms")
        .failsWith(ExitCode.NO_ANSWER, "did not answer", "within 100 ms");
    misbehaving(new Misbehavior.AnswersHttp(), "read", "1", "1")
        .failsWith(ExitCode.NO_ANSWER, "no WWEP server sends");
    misbehaving(new Misbehavior.ClosesBeforeReply(true), "write", "1", "1", "1")
        .failsWith(ExitCode.NO_ANSWER, "may be stored or not");
  }

  @Test
  void shouldExitWith4WhenTheServerIsNotTrusted() {
    tls("read", "1", "1", "--tls")
        .failsWith(ExitCode.NOT_TRUSTED, "is not trusted", "--ca", "--pin");
    tls("read", "1", "1", "--pin", "00".repeat(32)).failsWith(ExitCode.NOT_TRUSTED, "SHA-256");
    tls("send", "R0FAC0B", "--pin", "00".repeat(32)).failsWith(ExitCode.NOT_TRUSTED, "SHA-256");
  }

  @Test
  void shouldTrustByCaByPinAndBlindly() {
    assertPrints(tls("write", "7", "7", "7", "--ca", server.caFile().toString()), "0007");
    String pin = server.identity().ec().fingerprint();
    assertPrints(tls("read", "7", "7", "--tls", "--pin", pin), "0007");
    assertPrints(tls("read", "7", "7", "--insecure"), "0007");
  }

  @Test
  void shouldExplainBadTrustAndTimes() {
    plain("read", "1", "1", "--ca", "no.pem")
        .failsWith(ExitCode.USAGE, "the CA file no.pem is not there");
    plain("read", "1", "1", "--pin", "12").failsWith(ExitCode.USAGE, "64 hex digits");
    plain("read", "1", "1", "--pin", "12", "--insecure")
        .failsWith(ExitCode.USAGE, "exclude each other");
    plain("read", "1", "1", "--ca", "").failsWith(ExitCode.USAGE, "--ca is empty");
    plain("read", "1", "1", "--timeout", "0")
        .failsWith(ExitCode.USAGE, "--timeout takes a time from 1ms to 10m, not '0'");
    plain("read", "1", "1", "--timeout", "99999999999h")
        .failsWith(ExitCode.USAGE, "--timeout takes a time from 1ms to 10m, not '99999999999h'");
    plain("read", "1").failsWith(ExitCode.USAGE, "REGISTER is missing: try 'wwep help read'");
  }

  @Test
  void shouldPrintJsonForAnAnswer() {
    plain("write", "0FAC", "0D", "00ff");
    Run run = plain("read", "fac", "d", "--json");
    assertThat(run.out().strip())
        .matches(
            "\\{\"result\":\"A\",\"device\":\"0FAC\",\"register\":\"0D\",\"value\":\"00FF\",\"number\":255,\"millis\":[\\d.]+,\"exitCode\":0}");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void shouldPrintJsonForEveryFailure() {
    assertJson(plain("read", "0BAC", "0B", "--json"), "X", "rejected", ExitCode.REJECTED);
    assertJson(
        misbehaving(new Misbehavior.AnswersX(), "write", "1", "1", "1", "--json"),
        "X",
        "rejected",
        ExitCode.REJECTED);
    assertJson(plain("read", "xyz", "0B", "--json"), "none", "usage", ExitCode.USAGE);
    assertJson(plain("read", "1", "1", "--json", "--pin", "1"), "none", "usage", ExitCode.USAGE);
    assertJson(
        misbehaving(new Misbehavior.Refuses(), "read", "1", "1", "--json"),
        "none",
        "unreachable",
        ExitCode.NO_ANSWER);
    assertJson(
        misbehaving(new Misbehavior.NeverAnswers(), "dump", "1", "--timeout", "100ms", "--json"),
        "none",
        "timed-out",
        ExitCode.NO_ANSWER);
    assertJson(
        misbehaving(new Misbehavior.AnswersHttp(), "read", "1", "1", "--json"),
        "none",
        "not-wwep",
        ExitCode.NO_ANSWER);
    Run unknown =
        misbehaving(new Misbehavior.ClosesBeforeReply(false), "write", "1", "1", "1", "--json");
    assertJson(unknown, "none", "outcome-unknown", ExitCode.NO_ANSWER);
    assertThat(unknown.out()).contains("\"mayBeStored\":true");
    Run distrust = tls("read", "1", "1", "--tls", "--json");
    assertJson(distrust, "none", "not-trusted", ExitCode.NOT_TRUSTED);
    assertThat(distrust.out()).containsPattern("\"fingerprint\":\"[0-9A-F:]{95}\"");
  }

  private static void assertJson(Run run, String result, String error, int exitCode) {
    assertThat(run.lines()).hasSize(1);
    assertThat(run.out())
        .startsWith("{\"result\":\"" + result + "\",\"error\":\"" + error + "\"")
        .containsPattern("\"reason\":\"[^\"]+\"")
        .contains("\"exitCode\":" + exitCode + "}");
    assertThat(run.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void shouldDrawTheRegistersOfADevice() {
    plain("write", "00D0", "00", "1");
    plain("write", "00D0", "1F", "BEEF");
    plain("write", "00D0", "FF", "FFFF");
    Run run = plain("dump", "d0");
    List<String> lines = run.lines();
    assertThat(lines).hasSize(18);
    assertThat(lines.get(0)).isEqualTo("device 00D0, 3 of 256 registers written");
    assertThat(lines.get(1)).startsWith("     +0   +1").endsWith("   +E   +F");
    assertThat(lines.get(2)).isEqualTo("00 0001" + " ····".repeat(15));
    assertThat(lines.get(3)).isEqualTo("10" + " ····".repeat(15) + " BEEF");
    assertThat(lines.get(17)).isEqualTo("F0" + " ····".repeat(15) + " FFFF");
    assertThat(lines.stream().skip(1).map(String::length)).containsOnly(82);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void shouldDrawInAsciiWhereTheTerminalHasNoMore() {
    plain("write", "00D1", "00", "1");
    String port = String.valueOf(server.plainPort());
    Run run = Run.ascii("dump", "d1", "--host", "127.0.0.1", "--port", port);
    assertThat(run.lines().get(2)).isEqualTo("00 0001" + " ----".repeat(15));
  }

  @Test
  void shouldDumpAsJson() {
    plain("write", "00D2", "0A", "1");
    plain("write", "00D2", "0b", "2");
    assertThat(plain("dump", "d2", "--json").out())
        .startsWith(
            "{\"result\":\"A\",\"device\":\"00D2\",\"registers\":{\"0A\":\"0001\",\"0B\":\"0002\"}");
    assertThat(plain("dump", "00D3", "--json").out())
        .startsWith("{\"result\":\"X\",\"device\":\"00D3\",\"registers\":{}");
  }

  @Test
  void shouldExitWith1WhenADeviceHasNoRegister() {
    Run run = plain("dump", "00D4");
    run.failsWith(
        ExitCode.REJECTED,
        "X: probably nobody has written a register of device 00D4 yet: write one first, as in 'wwep write 00D4 0B 1234'; or the server refused");
    assertThat(run.lines()).hasSize(18);
    assertThat(run.lines().get(0)).doesNotContain("written");
  }

  @Test
  void shouldSendBytesAsTheyAreAndShowReplyAndTime() {
    Run run = plain("send", "W0FAC0E1234");
    assertThat(run.lines().get(0)).isEqualTo("A0FAC0E1234");
    assertThat(run.lines().get(1)).matches("[\\d.]+ ms, connected in [\\d.]+ ms");
    assertThat(run.lines()).hasSize(2);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void shouldSendEscapes() throws Exception {
    assertThat(plain("send", "W0FAC0E\\x31\\x32\\x33\\x34\\r\\n").lines().get(0))
        .isEqualTo("A0FAC0E1234");
    Run run = plain("send", "W0FAC0E1234\\0");
    assertThat(run.lines().get(0)).isEqualTo("X");
    assertThat(run.exitCode()).isEqualTo(ExitCode.REJECTED);
    assertThat(run.err()).isEmpty();
    server.awaitEvent(
        event -> event.toString().contains("W0FAC0E1234\\x00"), java.time.Duration.ofSeconds(5));
    plain("send", "\\q").failsWith(ExitCode.USAGE, "unknown escape \\q at position 1");
  }

  @Test
  void shouldSendSeveralInOneGoAndWaitForAsManyReplies() {
    Run run = plain("send", "W0FAC0F0001", "W0FAC0F0002", "R0FAC0F");
    assertThat(run.lines().subList(0, 3))
        .containsExactly("A0FAC0F0001", "A0FAC0F0002", "A0FAC0F0002");
    assertThat(run.exitCode()).isZero();
    Run one = plain("send", "W0FAC0F0001W0FAC0F0002", "--replies", "2");
    assertThat(one.lines().subList(0, 2)).containsExactly("A0FAC0F0001", "A0FAC0F0002");
  }

  @Test
  void shouldWaitForTheCloseWhenNoRepliesAreCounted() {
    Run run = plain("send", "R0FAC77", "--replies", "0", "--timeout", "5s");
    assertThat(run.lines().get(0)).isEqualTo("X");
    assertThat(run.exitCode()).isEqualTo(ExitCode.REJECTED);
  }

  @Test
  void shouldShowWhatTlsAgreedOn() {
    Run run = tls("send", "W0FAC0E1234", "--insecure");
    assertThat(run.lines().get(0)).isEqualTo("A0FAC0E1234");
    assertThat(run.lines().get(2))
        .matches("TLSv1\\.3, TLS_\\w+, SHA-256 " + server.identity().ec().fingerprint());
    assertThat(tls("send", "W0FAC0E1234", "--insecure", "--json").out())
        .contains("\"tls\":{\"version\":\"TLSv1.3\",\"cipherSuite\":\"TLS_");
  }

  @Test
  void shouldExitWith3WhenBytesGetNoReply() {
    misbehaving(new Misbehavior.NeverAnswers(), "send", "R0FAC0B", "--timeout", "100ms")
        .failsWith(ExitCode.NO_ANSWER, "sent 0 complete replies within the timeout");
    misbehaving(new Misbehavior.ClosesBeforeReply(true), "send", "R0FAC0B")
        .failsWith(ExitCode.NO_ANSWER, "its console or log says why");
    misbehaving(new Misbehavior.AnswersHttp(), "send", "R0FAC0B")
        .failsWith(ExitCode.NO_ANSWER, "no WWEP server sends");
    misbehaving(new Misbehavior.ClosesAfterReply(), "send", "W0FAC0B0001", "W0FAC0B0002")
        .failsWith(ExitCode.NO_ANSWER, "after 1 complete replies");
  }

  @ParameterizedTest
  @CsvSource({
    "X\\r\\n, X\\x0D\\x0A, 1",
    "X limited\\n, X limited\\x0A, 1",
    "A0FAC0B1234\\r\\n, A0FAC0B1234\\x0D\\x0A, 0"
  })
  void shouldShowALineEndBehindAReply(String reply, String shown, int exitCode) {
    String words = reply.replace("\\r", "\r").replace("\\n", "\n");
    Run run = misbehaving(new Misbehavior.Says(words), "send", "R0FAC0B");
    assertThat(run.lines().get(0)).isEqualTo(shown);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(misbehaving(new Misbehavior.Says(words), "read", "0FAC", "0B").exitCode())
        .isEqualTo(exitCode);
    assertThat(misbehaving(new Misbehavior.Says(words), "send", "R0FAC0B", "--json").out())
        .contains("\"ending\":\"replied\"", "\"exitCode\":" + exitCode);
  }

  @Test
  void shouldSayThatALineEndEndsTheWaitingForMoreReplies() {
    misbehaving(new Misbehavior.Says("A0FAC0B1234\r\n"), "send", "R0FAC0B", "R0FAC0B")
        .failsWith(ExitCode.NO_ANSWER, "puts a line end behind each reply", "one by one");
  }

  @Test
  void shouldPrintJsonForBytes() {
    Run run = plain("send", "hello", "--json");
    assertThat(run.lines()).hasSize(1);
    assertThat(run.out())
        .startsWith(
            "{\"result\":\"X\",\"sent\":\"hello\",\"received\":\"X\",\"replies\":[\"X\"],\"ending\":\"replied\"")
        .contains("\"exitCode\":1}");
  }
}
