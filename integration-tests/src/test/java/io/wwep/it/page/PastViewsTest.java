package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** History, time machine and figures of the server, in a real Chromium before a real server. */
@Timeout(180)
class PastViewsTest {

  @TempDir private static Path directory;
  private static ViewedServer site;
  private static Browser browser;

  @BeforeAll
  static void start() {
    site = ViewedServer.start(directory, Browser.Look.DARK);
    browser = site.browser();
    // Writes 1 to 3.
    site.write(0x0FAC, 0x05, 1);
    site.write(0x0FAC, 0x0B, 0x1234);
    site.write(0x0BAC, 0x05, 0);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void shouldChartRegistersOfTheLinkAndFollowWhatIsWritten() {
    site.open("history?r=0FAC0B,0FAC05&last=10m");
    browser.awaitText("tbody tr", "1234");
    browser.awaitText(".legend-item", "0FAC 05 (LED)");
    browser.await(".history-chart canvas");

    site.write(0x0FAC, 0x0B, 0x4321);

    browser.awaitText("tbody tr:first-child", "4321");
    browser.awaitText(".legend-item", "4321");
    assertThat(browser.barriers()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void shouldKeepWhatTheChartShowsInTheAddress() {
    site.open("history?r=0FAC0B&last=10m");
    browser.await(".history-chart canvas");

    browser.press("-");
    browser.awaitUntil("longer time in the address", () -> browser.url().contains("last=20m"));
    browser.press(Keys.ARROW_LEFT);
    browser.awaitUntil("past in the address", () -> browser.url().contains("from="));
    browser.press("l");
    browser.awaitUntil("live end in the address", () -> browser.url().contains("last=20m"));
  }

  @Test
  void shouldShowRegistersAsTheyWereAndStepThroughWrites() {
    site.open("time?n=2");
    browser.awaitText(".past-latest", "1234");
    assertThat(browser.text()).contains("after write 2 of").doesNotContain("0BAC");

    browser.press("[");
    browser.awaitText(".past-latest", "0001");
    browser.press("]");
    browser.awaitText(".past-latest", "1234");
    assertThat(browser.barriers()).isEmpty();
  }

  @Test
  void shouldSetRegistersBackAndTakeThatBack() {
    int device = 0xC0DE;
    site.write(device, 0x01, 0x1111);
    site.write(device, 0x02, 0x1111);
    site.open("time?device=C0DE");
    browser.awaitText(".past-cell", "1111");
    String moment =
        String.valueOf(browser.run("return document.querySelector('.moment-number').value"));
    site.write(device, 0x01, 0x2222);
    site.write(device, 0x03, 0x2222);

    site.open("time?n=" + moment + "&with=now&device=C0DE");
    browser.awaitText("tbody tr", "unwritten");
    browser.await(".check input").click();
    browser.awaitText("button", "Set back").click();
    browser.awaitText("dialog", "01: 2222 → 1111");
    browser.awaitText("dialog button", "Write 1 register").click();

    browser.awaitText(".toast", "1 register of 1 device set back");
    assertThat(site.read(device, 0x01)).isEqualTo(0x1111);
    assertThat(site.read(device, 0x03)).isEqualTo(0x2222);
    browser.press("u");
    browser.awaitText(".toast", "taken back");
    assertThat(site.read(device, 0x01)).isEqualTo(0x2222);
  }

  @Test
  void shouldTellHowTheServerFares() {
    site.open("server");
    browser.awaitText(".sample-chart", "Messages");
    browser.awaitText(".chip", "durable");
    browser.awaitText(".certificates", "days left");
    browser.awaitText("tbody tr", "max-connections");

    assertThat(browser.all(".certificates a[download]")).hasSize(6);
    assertThat(browser.barriers()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }
}
