package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The board on the page: what its buttons send goes through the real ports, and is seen there. */
@Timeout(120)
class BoardPageTest {

  // A slow disk must not cost a board the half second that it waits.
  @RegisterExtension private static final Walk WALK = Walk.with("--fsync", "never");

  private static final String MAC = "00:A0:50:12:34:56";
  private static final String LINES = ".serial-lines p";

  @BeforeEach
  void beginAnew() {
    openBoard();
    WALK.browser().run("localStorage.clear(); sessionStorage.clear(); location.reload()");
    awaitLine("is up");
  }

  private static void openBoard() {
    WALK.open("board");
    awaitLine("is up");
  }

  private static void awaitLine(String part) {
    WALK.browser().awaitText(LINES, part);
  }

  private static void giveMac(String mac, String device) {
    WALK.browser().fill("MAC address", mac);
    WALK.browser().press(Keys.ENTER);
    awaitLine("MAC %s, device ID %s".formatted(mac, device));
    // Keys are for the buttons again.
    WALK.browser().run("document.activeElement.blur()");
  }

  private static void awaitLed(String state) {
    WALK.browser().await(".pcb [aria-label='LED " + state + "']");
  }

  private static String mac() {
    return WALK.browser().named("input", "MAC address").getAttribute("value");
  }

  private static String url(String view) {
    return WALK.server().consoleUrl() + "#/" + view;
  }

  @Test
  void shouldTurnItsLedOnSendItAndBeSeenAsABoardInAnotherWindow() {
    giveMac(MAC, "018C");
    WALK.browser().click("Button 0");

    awaitLed("on");
    awaitLine("→ W018C050001");
    awaitLine("← A018C050001");
    awaitLine("accepted: the server stored 0001, LED on");
    WALK.browser()
        .inOtherWindow(
            url("live?device=018C"),
            () ->
                assertThat(WALK.browser().awaitText("[role=row]", "W018C050001").getText())
                    .contains("A018C050001", "127.0.0.1:", "plain"));
    WALK.browser()
        .inOtherWindow(
            url("registers/018C"), () -> WALK.browser().awaitText("[role=gridcell]", "0001"));
    WALK.browser()
        .inOtherWindow(
            url("boards"),
            () ->
                assertThat(WALK.browser().awaitText(".board", "018C").getText())
                    .contains("05 0001"));
    assertThat(WALK.board(3).says("R018C05")).isEqualTo("A018C050001");

    WALK.browser().click("Button 0");
    awaitLed("off");
    awaitLine("← A018C050000");
    assertThat(WALK.board(3).says("R018C05")).isEqualTo("A018C050000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"the server's certificate", "nothing"})
  void shouldSendOverTlsWhateverItChecks(String checks) {
    giveMac("00:00:00:00:10:01", "0011");
    WALK.browser().choose("Button 1 checks", checks);
    WALK.browser().click("Button 1");

    awaitLed("on");
    awaitLine("← A0011050001");
    awaitLine("TLS 1.3");
    WALK.browser()
        .inOtherWindow(
            url("live?device=0011&door=tls"),
            () -> WALK.browser().awaitText("[role=row]", "W0011050001"));
  }

  @Test
  void shouldHangUpWhenItTrustsAnotherServerAndSayWhatTheServerSawOfThat() {
    giveMac("00:00:00:00:20:01", "0021");
    WALK.browser().choose("Button 1 checks", "another server's");
    WALK.browser().click("Button 1");

    awaitLine("the handshake failed");
    assertThat(WALK.browser().awaitText(".serial-bad", "handshake failed").getText())
        .contains("alert 46", "load it as the board's root");
    awaitLed("on");
    assertThat(WALK.board(3).says("R002105")).isEqualTo("X");
  }

  /** Only keys are used from here on: 0, 1, x and r. */
  @Test
  void shouldBeUsedByKeysAlone() {
    giveMac("00:00:00:00:30:01", "0031");
    WALK.browser().press("r");
    awaitLine("nothing is stored yet: press 0 or 1 first");
    WALK.browser().press("x");
    awaitLine("→ W01234");
    awaitLine("rejected, as it should be: a write has 11 bytes, this one has 6");
    WALK.browser().press("0");
    awaitLine("stored 0001");
    WALK.browser().press("1");
    awaitLine("stored 0000");
    awaitLed("off");
    WALK.browser().press("r");
    awaitLine("the server holds 0000, LED off, as this board shows");
    WALK.board(3).says("W003105BEEF");
    WALK.browser().press("r");
    awaitLine("the server holds BEEF, and this board shows 0000, LED off");

    assertThat(WALK.browser().url()).endsWith("#/board");
    WALK.browser().press("?");
    assertThat(WALK.browser().awaitText("dialog", "Keys").getText())
        .contains("Button 0", "Button 1", "illegal packet", "Read the LED's register back");
  }

  @Test
  void shouldBeTwoBoardsInTwoWindowsEachWithItsOwnAddressForGood() {
    String first = mac();
    assertThat(first).matches("[0-9A-F][26AE](:[0-9A-F]{2}){5}");
    WALK.browser()
        .inOtherWindow(
            url("board"),
            () -> {
              awaitLine("board 2 is up");
              assertThat(mac()).isNotEqualTo(first);
              giveMac("00:00:00:00:40:02", "0042");
              WALK.browser().click("Button 0");
              awaitLine("← A0042050001");
              WALK.browser().run("location.reload()");
              awaitLine("board 2 is up: MAC 00:00:00:00:40:02");
            });
    giveMac("00:00:00:00:40:01", "0041");
    WALK.browser().click("Button 0");
    awaitLine("← A0041050001");

    assertThat(WALK.board(3).says("R004205")).isEqualTo("A0042050001");
    WALK.browser().run("location.reload()");
    awaitLine("board 1 is up: MAC 00:00:00:00:40:01");
    awaitLed("off");
  }

  @Test
  void shouldKeepWhatItShowsWhileOtherViewsAreLookedAt() {
    giveMac("00:00:00:00:50:01", "0051");
    WALK.browser().click("Button 0");
    awaitLine("← A0051050001");
    WALK.browser().click("messages");
    WALK.browser().awaitText("[role=row]", "W0051050001");
    WALK.browser().press("7");
    WALK.browser().awaitUntil("board", () -> WALK.browser().url().endsWith("#/board"));

    awaitLed("on");
    awaitLine("← A0051050001");
  }

  @ParameterizedTest
  @CsvSource({"00:A0:50:12:34", "zz:A0:50:12:34:56", "00:A0-50:12:34:56"})
  void shouldSayWhatAMacAddressIsAndKeepItsOwn(String wrong) {
    String before = mac();
    WALK.browser().fill("MAC address", wrong);
    WALK.browser().press(Keys.ENTER);

    WALK.browser().awaitText(".bench-mac [role=alert]", "six octets in hex");
    assertThat(WALK.browser().text()).contains("MAC " + before);
    WALK.requireNoBarriers();
  }

  /** Who plays the keys like a piano is told so; what is sent stays in order, and none is lost. */
  @Test
  void shouldSendEachPressThatItSawInTheirOrder() {
    giveMac("00:00:00:00:60:01", "0061");
    WALK.browser()
        .run(
            """
            const button = document.querySelector('.pcb-button');
            for (let i = 0; i < 20; i++) button.click();
            """);
    awaitLine("not seen: 8 messages wait already");
    WALK.browser()
        .awaitUntil("end of all messages", () -> WALK.browser().all(".pcb-activity-on").isEmpty());

    List<String> sent =
        WALK.browser().texts(".serial-sent").stream()
            .map(each -> each.replaceFirst(".*→ ", ""))
            .toList();
    assertThat(sent).hasSize(8);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(sent.get(i)).isEqualTo("W006105000" + (i + 1) % 2);
    }
    assertThat(WALK.browser().all(".serial-reply")).hasSize(8);
    awaitLed("off");
  }

  @Test
  void shouldBeFoundAtAnAddressThatCanBeReadOutAndFitOnAPhone() {
    WALK.browser().leave();
    WALK.browser().open(WALK.server().consoleUrl() + "board");
    awaitLine("is up");
    assertThat(WALK.browser().url()).endsWith("/#/board");

    WALK.browser().look(Look.PHONE);
    assertThat(WALK.sight().sideways()).isZero();
    assertThat(WALK.sight().text()).contains("MAC " + mac(), "plain", "TLS", "Illegal packet");
    WALK.requireNoBarriers();
  }
}
