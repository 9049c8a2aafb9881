package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The live view: messages as they come, why one got an X, and filters. */
@Timeout(120)
class LiveTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final String LINES = "[role=row][data-id]";

  /** Writes a register through the console. */
  private static final String WRITE =
      """
      const [path, value, done] = arguments;
      fetch(path, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ value }),
      }).then(answer => done(answer.status));
      """;

  /** Opens the view and waits until it follows what comes. */
  private static void openLive(String query) {
    WALK.open("live" + query);
    WALK.browser().awaitText(".connection", "Connected");
    WALK.browser().await("[role=search]");
  }

  private static WebElement line(String part) {
    return WALK.browser().awaitText(LINES, part);
  }

  @Test
  void shouldShowAMessageWithinASecondWithPeerPortAndTls() {
    WALK.board(3).says("W0A01050001");
    openLive("");
    line("W0A01050001");
    AtomicInteger value = new AtomicInteger(0x1231);

    double millis =
        Quickest.millisOf(
            "a message from its handshake to its line",
            () -> {
              String frame = "W0A0205%04X".formatted(value.incrementAndGet());
              return Quickest.millis(
                  () -> {
                    WALK.board(4).saysByTls(frame);
                    line(frame);
                  });
            });
    assertThat(millis).isLessThan(1_000);
    assertThat(line("W0A02051234").getText())
        .contains("0A02", "127.0.0.4:", "TLS 1.3", "A0A02051234");
    assertThat(WALK.browser().all(LINES).get(0).getText()).contains("W0A02051234");
    assertThat(line("W0A01050001").getText()).contains("plain", "127.0.0.3:");
  }

  @ParameterizedTest
  @CsvSource({
    "W0A030B1234\\0, \\x00, too-long, send strlen()",
    "w0A030B1234, w, bad-command, 'send W, not w'",
    "W0A030B12G4, G, bad-digit, 'byte 10 (in the value)'",
  })
  void shouldExplainAnXAndMarkTheWrongByte(
      String sent, String wrong, String code, String sentence) {
    openLive("?device=&peer=127.0.0.5");
    WALK.board(5).says(sent.replace("\\0", "\0"));

    WebElement line = line(code);
    assertThat(line.getText()).contains(code, sentence);
    assertThat(line.findElement(By.cssSelector("mark")).getText()).isEqualTo(wrong);
    assertThat(WALK.browser().await(".strip").getText()).contains(code, sentence);
  }

  @Test
  void shouldShowAFailedHandshakeWithItsDiagnosis() {
    openLive("?peer=127.0.0.6");
    WALK.board(6).refusesTheCertificate();

    assertThat(line("tls-failed").getText())
        .contains(
            "127.0.0.6:",
            "alert 46",
            "does not trust the certificate (load it as the board's root)");
    WALK.requireNoBarriers();
  }

  @Test
  void shouldTellABeginnerWhatToDoWhenNothingMatchesYet() {
    openLive("?device=ABCD");

    assertThat(WALK.browser().awaitText("main", "Nothing matches").getText())
        .contains("what matches will appear here");
    WALK.browser().click("Show everything");
    WALK.browser().awaitUntil("no filter", () -> !WALK.browser().url().contains("device"));
  }

  @ParameterizedTest
  @CsvSource({
    "device=0A12, 0A12",
    "peer=127.0.0.12, 0A12",
    "reply=X&peer=127.0.0.13, too-long",
    "door=tls&text=0A12, TLS 1.3",
    "code=too-long&device=0A13, too-long",
    "text=0A12051235, 0A12051235",
  })
  void shouldLeaveWhatAFilterAdmitsAndShareItAsALink(String query, String common) {
    Board one = WALK.board(12);
    one.says("W0A12051234");
    one.saysByTls("W0A12051235");
    WALK.board(13).says("W0A13051234");
    WALK.board(13).says("W0A13051234\0");
    openLive("?" + query);
    line(common);

    assertThat(WALK.browser().texts(LINES)).isNotEmpty().allMatch(each -> each.contains(common));
    String shared = WALK.browser().url();
    int lines = WALK.browser().all(LINES).size();
    WALK.browser()
        .inOtherWindow(
            shared,
            () -> {
              WALK.browser()
                  .awaitUntil("same lines", () -> WALK.browser().all(LINES).size() == lines);
              assertThat(WALK.browser().texts(LINES)).allMatch(each -> each.contains(common));
            });
  }

  /** What people write through the console is told from what boards write. */
  @Test
  void shouldTellTheConsolesWritesFromThoseOfBoards() {
    WALK.board(16).says("W0A16050001");
    openLive("?device=0A16");
    line("W0A16050001");
    WALK.browser().runToItsEnd(WRITE, "/api/v1/devices/0A16/registers/05", 2);
    line("W0A16050002");

    WALK.browser().choose("Any port", "console");
    awaitUrl("door=console");
    WALK.browser().awaitUntil("one line", () -> WALK.browser().all(LINES).size() == 1);
    assertThat(line("W0A16050002").getText()).contains("console", "A0A16050002");
    WALK.board(16).says("W0A16050003");
    WALK.browser().runToItsEnd(WRITE, "/api/v1/devices/0A16/registers/05", 4);
    line("W0A16050004");
    assertThat(WALK.browser().texts(LINES)).noneMatch(each -> each.contains("W0A16050003"));
  }

  @ParameterizedTest
  @CsvSource({
    "transaction, W0A17050001, said nothing",
    "notice, said nothing, W0A17050001",
    "end, the connection is over, W0A17050001",
    "'notice,end', the connection is over, W0A17050001",
  })
  void shouldLeaveOneKindOfLineByALink(String kind, String shown, String left) {
    Board board = WALK.board(17);
    board.says("W0A17050001");
    board.connectsAndSaysNothing();
    openLive("?peer=127.0.0.17&kind=" + kind);

    line(shown);
    assertThat(WALK.browser().texts(LINES)).noneMatch(each -> each.contains(left));
    WALK.browser().click("Clear");
    line("W0A17050001");
    line("said nothing");
  }

  @Test
  void shouldFilterByTypingByChoosingAndByAClickOnALine() {
    WALK.board(14).says("W0A14051234\0");
    WALK.board(14).says("W0A14051234");
    WALK.board(15).saysByTls("W0A15051234");
    openLive("");
    line("0A15");

    WALK.browser().fill("Device", "0a14");
    awaitUrl("device=0a14");
    WALK.browser().click("X");
    awaitUrl("reply=X");
    WALK.browser().awaitUntil("one line", () -> WALK.browser().all(LINES).size() == 1);
    WALK.browser().click("Clear");
    line("0A15");
    WALK.browser().choose("Any port", "TLS");
    awaitUrl("door=tls");
    WALK.browser().choose("Any port", "Any port");
    WALK.browser().choose("Any reason", "too-long");
    awaitUrl("code=too-long");
    WALK.browser().click("Clear");
    WALK.browser().fill("Search", "W0A15");
    awaitUrl("text=W0A15");
    line("0A15").findElement(By.cssSelector(".cell-peer button")).click();
    awaitUrl("peer=127.0.0.15");
  }

  @Test
  void shouldSayWhatIsWrongWithAFilter() {
    WALK.open("live?device=XYZ");

    WALK.browser().awaitText("[role=alert]", "4 hex digits");
    WALK.requireComplaintsOf("status of 400");
  }

  private static void awaitUrl(String part) {
    WALK.browser().awaitUntil(part, () -> WALK.browser().url().contains(part));
  }
}
