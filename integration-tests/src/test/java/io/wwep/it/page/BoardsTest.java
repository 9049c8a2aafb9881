package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The boards of a class as cards: what each said, how far it came, and who needs help. */
@Timeout(120)
class BoardsTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final String CARDS = ".board";

  private static WebElement card(String part) {
    return WALK.browser().awaitText(CARDS, part);
  }

  @Test
  void shouldShowABoardItsLedItsRegistersAndHowFarItCame() {
    Board board = WALK.board(3);
    board.says("W0C01050001");
    board.says("W0C010B1234");
    board.says("R0C010B");
    WALK.open("boards");

    WebElement card = card("0C01");
    assertThat(card.getText()).contains("R0C010B", "A0C010B1234", "127.0.0.3", "0% X");
    assertThat(card.findElements(By.cssSelector("[aria-label='LED on']"))).hasSize(1);
    assertThat(card.findElement(By.cssSelector("ul[aria-label=Registers]")).getText())
        .contains("05 0001", "0B 1234");
    WALK.browser().awaitText(CARDS, "reads its reply");
    assertThat(WALK.browser().await("ol[aria-label='4 of 4 stages reached']").isDisplayed())
        .isTrue();
  }

  @Test
  void shouldLightUpARegisterThatChangesAndSwitchTheLed() {
    Board board = WALK.board(4);
    board.says("W0C02050001");
    WALK.open("boards?text=0C02");
    card("05 0001");

    board.says("W0C02050000");
    WALK.browser().awaitText(CARDS + " .flash", "05 0000");
    WALK.browser().await(CARDS + " [aria-label='LED off']");
  }

  @Test
  void shouldPutABoardFirstThatIsStuckAndSayWhatToDo() {
    WALK.board(5).says("W0C03050001");
    WALK.board(6).says("W0C040B1234\0");
    WALK.open("boards");

    WebElement card = card("no message of it was legal yet");
    assertThat(card.getText()).contains("0C04", "send strlen(), not sizeof", "W0C040B1234\\x00");
    List<String> cards = WALK.browser().texts(CARDS);
    assertThat(cards.get(0)).contains("no message of it was legal yet");
    WALK.browser().click("Only stuck ones");
    WALK.browser()
        .awaitUntil(
            "stuck ones alone",
            () -> WALK.browser().texts(CARDS).stream().noneMatch(each -> each.contains("0C03")));
  }

  @Test
  void shouldWarnOfOneDeviceIdFromTwoAddressesAndProposeAFreeOne() {
    Board one = WALK.board(1);
    Board two = WALK.board(2);
    one.says("W0C05050001");
    two.says("W0C05050000");
    one.says("W0C05050001");
    WALK.open("boards?text=0C05");

    assertThat(card("both say that they are 0C05").getText())
        .contains("127.0.0.1 and 127.0.0.2", "such as 0C06, which is free");
    WALK.requireNoBarriers();
  }

  @Test
  void shouldShowAddressesThatNeverSaidADeviceId() {
    WALK.board(8).says("hello");
    WALK.board(9).refusesTheCertificate();
    WALK.open("boards");

    WebElement strangers = WALK.browser().awaitText("section", "Never said a device ID");
    assertThat(strangers.getText())
        .contains("127.0.0.8", "bad-command", "127.0.0.9", "TLS fails", "alert 46");
  }

  @Test
  void shouldLeadToTheBoardsMessagesAndRegisters() {
    WALK.board(10).says("W0C06050001");
    WALK.open("boards?text=0C06");

    card("0C06").findElement(By.linkText("Messages")).click();
    WALK.browser().awaitText("[role=row][data-id]", "W0C06050001");
    WALK.browser().back();
    card("0C06").findElement(By.linkText("Registers")).click();
    WALK.browser().awaitText("h2", "0C06");
  }
}
