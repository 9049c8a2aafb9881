package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Registers as people see and edit them, in a real Chromium before a real server. */
@Timeout(180)
class RegistersViewTest {

  private static final int DEVICE = 0x0FAC;

  /** Writes between what the page shows and what it sends, which no event can tell it in time. */
  private static final String WRITE_3333_JUST_BEFORE =
      """
      const fetched = window.fetch;
      window.fetch = async (path, options) => {
        if (options.method !== 'PUT') return fetched(path, options);
        window.fetch = fetched;
        const headers = { 'Content-Type': 'application/json' };
        await fetched(path, { method: 'PUT', headers, body: '{"value": 13107}' });
        return fetched(path, options);
      };
      """;

  @TempDir private static Path directory;
  private static ViewedServer site;
  private static Browser browser;

  @BeforeAll
  static void start() {
    site = ViewedServer.start(directory, Browser.Look.LIGHT);
    browser = site.browser();
    site.write(DEVICE, 0x05, 1);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static String cell(String label) {
    return "[role=gridcell][aria-label='" + label + "']";
  }

  private static WebElement focus(String label) {
    WebElement cell = browser.await(cell(label));
    browser.run("arguments[0].focus()", cell);
    return cell;
  }

  @Test
  void shouldListDevicesAndShowWhatABoardWritesMeanwhile() {
    site.open("registers");
    browser.await("a[href='#/registers/0FAC']").click();
    browser.await(cell("05 (LED): 0001"));
    browser.await(cell("20: unwritten"));

    site.write(DEVICE, 0x20, 0xBEEF);

    browser.await(cell("20: BEEF") + " .flash");
    assertThat(browser.barriers()).isEmpty();
  }

  @Test
  void shouldWriteWhatIsTypedIntoTheGridAndTakeItBack() {
    site.write(DEVICE, 0x30, 0x1111);
    site.open("registers/0FAC");
    focus("30: 1111");

    browser.press(Keys.F2);
    browser.await(".cell-input");
    browser.press("2222");
    browser.press(Keys.ENTER);

    browser.await(cell("30: 2222"));
    assertThat(site.read(DEVICE, 0x30)).isEqualTo(0x2222);
    browser.awaitText(".toast", "Undo");
    browser.press("u");
    browser.await(cell("30: 1111"));
    assertThat(site.read(DEVICE, 0x30)).isEqualTo(0x1111);
  }

  @Test
  void shouldSayThatARegisterCannotBecomeUnwrittenAgain() {
    site.open("registers/0FAC");
    focus("40: unwritten");

    browser.press(Keys.F2);
    browser.await(".cell-input");
    browser.press("7");
    browser.press(Keys.ENTER);

    browser.awaitText(".toast", "unwritten before");
    assertThat(site.read(DEVICE, 0x40)).isEqualTo(7);
  }

  @Test
  void shouldMoveByArrowsAndRefuseWhatIsNoValue() {
    site.write(DEVICE, 0x51, 0x5151);
    site.open("registers/0FAC");
    browser.await(cell("51: 5151"));
    focus("50: unwritten");

    browser.press(Keys.ARROW_RIGHT);
    browser.press(Keys.F2);
    browser.await(".cell-input");
    browser.press("12345");
    browser.press(Keys.ENTER);

    assertThat(browser.await(".cell-input[aria-invalid=true]").getAttribute("title"))
        .contains("1 to 4 hex digits");
    browser.press(Keys.ESCAPE);
    assertThat(site.read(DEVICE, 0x51)).isEqualTo(0x5151);
  }

  @Test
  void shouldNotWriteOverWhatSomebodyElseWroteJustBefore() {
    site.write(DEVICE, 0x60, 0x1111);
    site.open("registers/0FAC");
    focus("60: 1111");
    browser.press(Keys.ENTER);
    browser.await(".panel");
    browser.run(WRITE_3333_JUST_BEFORE);

    browser.press("2222");
    browser.press(Keys.ENTER);

    WebElement clash = browser.await(".clash");
    assertThat(clash.getText()).contains("3333", "2222", "Nothing was changed");
    assertThat(site.read(DEVICE, 0x60)).isEqualTo(0x3333);
    browser.awaitText(".clash button", "all the same").click();
    browser.await(cell("60: 2222"));
    assertThat(site.read(DEVICE, 0x60)).isEqualTo(0x2222);
  }
}
