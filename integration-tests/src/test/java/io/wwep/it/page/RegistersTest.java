package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The registers of a device as a grid that is read and edited, while boards write too. */
@Timeout(120)
class RegistersTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final String GRID = "[role=grid]";

  @BeforeEach
  void openDevice() {
    WALK.board(3).says("W0D010B8041");
    WALK.board(3).says("W0D01050001");
    WALK.open("registers/0D01");
    cell("0B: 8041");
  }

  private static WebElement cell(String name) {
    return WALK.browser().named("[role=gridcell]", name);
  }

  private static String read(String register) {
    return WALK.board(3).says("R0D01" + register);
  }

  @Test
  void shouldShowWrittenAndUnwrittenRegistersInFiveFormats() {
    assertThat(WALK.browser().all("[role=gridcell]")).hasSize(256);
    assertThat(WALK.browser().await(GRID).getText()).contains("8041");
    assertThat(cell("0C: unwritten").getText()).isEqualTo("·");
    Map<String, String> formats =
        Map.of(
            "Unsigned", "0B: 32833",
            "Signed", "0B: -32703",
            "Binary", "0B: 1000 0000 0100 0001",
            "ASCII", "0B: ·A",
            "Hex", "0B: 8041");
    formats.forEach(
        (format, name) -> {
          WALK.browser().choose("Values as", format);
          cell(name);
        });
    WALK.browser().choose("Values as", "Hex");
    WALK.requireNoBarriers();
  }

  @Test
  void shouldMoveByKeysEditInPlaceAndTakeItBack() {
    cell("00: unwritten").click();
    WALK.browser().press(Keys.ESCAPE);
    for (int i = 0; i < 0x0B; i++) {
      WALK.browser().press(Keys.ARROW_RIGHT);
    }
    WALK.browser().awaitText(".inspector", "0B");
    assertThat(WALK.browser().await(".inspector").getText())
        .contains("32833", "-32703", "127.0.0.3");
    WALK.browser().press(Keys.F2);
    WALK.browser().named("input", "New value of register 0B");
    WALK.browser().type("00FF");
    WALK.browser().press(Keys.ENTER);

    WALK.browser().awaitText(".toasts", "8041 → 00FF");
    assertThat(read("0B")).isEqualTo("A0D010B00FF");
    WALK.browser().press("u");
    WALK.browser().awaitText(".toasts", "holds 8041 again");
    assertThat(read("0B")).isEqualTo("A0D010B8041");
  }

  @Test
  void shouldNotWriteOverWhatABoardWroteMeanwhile() {
    cell("0B: 8041").click();
    WALK.browser().await("[aria-label='New value']").sendKeys("7777");
    WALK.board(3).says("W0D010B5555");
    WALK.browser().awaitText(".panel-value", "5555");
    WALK.browser().press(Keys.ENTER);

    assertThat(WALK.browser().awaitText(".clash", "written meanwhile").getText())
        .contains("5555", "7777", "Nothing was changed");
    assertThat(read("0B")).isEqualTo("A0D010B5555");
    WALK.requireComplaintsOf("status of 412");
    WALK.browser().click("Write 7777 all the same");
    WALK.browser().awaitText(".toasts", "5555 → 7777");
    assertThat(read("0B")).isEqualTo("A0D010B7777");
    WALK.board(3).says("W0D010B8041");
  }

  @Test
  void shouldNotWriteInPlaceOverWhatABoardWroteBehindTheTypedText() {
    WALK.browser().mouse().doubleClick(cell("05 (LED): 0001")).perform();
    WebElement input = WALK.browser().named("input", "New value of register 05");
    input.sendKeys("0003");
    WALK.board(3).says("W0D01050002");
    WALK.browser().awaitText(".inspector", "0002");
    assertThat(input.getAttribute("value")).isEqualTo("0003");
    input.sendKeys(Keys.ENTER);

    WALK.browser().awaitText(".clash", "written meanwhile");
    assertThat(read("05")).isEqualTo("A0D01050002");
    WALK.requireComplaintsOf("status of 412");
    WALK.browser().click("Leave it");
    WALK.browser().awaitUntil("no clash", () -> WALK.browser().all(".clash").isEmpty());
    WALK.board(3).says("W0D01050001");
  }

  @Test
  void shouldFlashWhatABoardChangesAndListItsLastWrites() {
    cell("05 (LED): 0001").click();
    WALK.browser().await(".panel [aria-label='LED on']");
    WALK.board(4).says("W0D01050000");

    WALK.browser().awaitText("[role=gridcell] .flash", "0000");
    WALK.browser().await(".panel [aria-label='LED off']");
    WALK.browser().awaitText(".last-writes", "127.0.0.4");
    WALK.browser().click("All of its history");
    WALK.browser().awaitUntil("history", () -> WALK.browser().url().contains("r=0D0105"));
    WALK.board(3).says("W0D01050001");
  }

  @Test
  void shouldWriteARegisterThatNobodyHasWritten() {
    WALK.open("registers/0D02");
    WALK.browser().mouse().doubleClick(cell("10: unwritten")).perform();
    WALK.browser().named("input", "New value of register 10");
    WALK.browser().type("zz");
    WALK.browser().press(Keys.ENTER);
    WALK.browser().await("input[aria-invalid=true]");
    WALK.browser().press(Keys.CONTROL, "a");
    WALK.browser().type("1");
    WALK.browser().press(Keys.ENTER);

    WALK.browser().awaitText(".toasts", "unwritten before");
    assertThat(WALK.board(3).says("R0D0210")).isEqualTo("A0D02100001");
    WALK.browser().awaitText(".device-list", "0D02");
  }

  @Test
  void shouldFindADeviceByItsId() {
    WALK.browser().press("/");
    WALK.browser().type("0d0");
    WALK.browser().awaitText(".device-list", "0D01");
    WALK.browser().type("9");
    WALK.browser().press(Keys.ENTER);
    WALK.browser().awaitText("h2", "0D09");
  }
}
