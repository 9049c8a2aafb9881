package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Reading in the live view while boards go on: pause, scroll back, copy, export. */
@Timeout(120)
class LiveReadingTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final String LINES = "[role=row][data-id]";

  @BeforeEach
  void openLive() {
    Board board = WALK.board(3);
    IntStream.range(0, 120).forEach(i -> board.says("W0B01%02X0001".formatted(i)));
    WALK.open("live?peer=127.0.0.3");
    WALK.browser().awaitText(LINES, "W0B01770001");
  }

  private static String first() {
    return WALK.browser().texts(LINES).get(0);
  }

  @Test
  void shouldHoldStillWhilePausedCountAndGoOn() {
    WALK.browser().click("Pause");
    String first = first();
    IntStream.range(0, 5).forEach(i -> WALK.board(3).says("W0B02000%d".formatted(i) + "00"));

    WALK.browser().awaitText(".toolbar", "5 new");
    assertThat(first()).isEqualTo(first);
    WALK.browser().click("Go on");
    WALK.browser().awaitUntil("newest line", () -> first().contains("W0B02"));
    assertThat(WALK.browser().await(".toolbar").getText()).doesNotContain("new");
  }

  @Test
  void shouldKeepItsPlaceWhenSomebodyScrollsBackAndGoOnAtTheTop() {
    WALK.browser().run("scrollTo({ top: 900 })");
    WALK.browser().awaitText(".toolbar", "Go on");
    Object place = place();
    IntStream.range(0, 7).forEach(i -> WALK.board(3).says("W0B03000%d".formatted(i) + "00"));
    WALK.browser().awaitText(".toolbar", "7 new");

    assertThat(place()).isEqualTo(place);
    WALK.browser().click("Go on");
    WALK.browser().awaitUntil("newest line", () -> first().contains("W0B030006"));
    assertThat(WALK.browser().run("return scrollY")).isEqualTo(0L);
  }

  /** The line in the middle of the window, and where it is. */
  private static Object place() {
    return WALK.browser()
        .run(
            """
            const line = document.elementFromPoint(400, 400).closest('[data-id]');
            return line.dataset.id + ' at ' + line.getBoundingClientRect().top;
            """);
  }

  @Test
  void shouldGoBackToTheOldestMessageByScrolling() {
    IntStream.range(0, 240).forEach(i -> WALK.board(3).says("R0B0100"));
    WALK.browser()
        .awaitUntil(
            "the first message",
            () -> {
              WALK.browser().run("scrollTo({ top: document.documentElement.scrollHeight })");
              return WALK.browser().texts(LINES).stream()
                  .anyMatch(each -> each.contains("W0B01000001"));
            });
  }

  @Test
  void shouldCopyALine() {
    WALK.browser()
        .command(
            "Browser.grantPermissions",
            Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    WebElement line = WALK.browser().awaitText(LINES, "W0B01770001");
    WALK.browser().mouse().moveToElement(line).perform();
    line.findElement(By.cssSelector("button[aria-label^=Copy]")).click();
    WALK.browser().awaitText(".toasts", "Copied");

    Object copied =
        WALK.browser()
            .runToItsEnd(
                "const done = arguments[0];"
                    + "navigator.clipboard.readText().then(done, error => done(String(error)))");
    assertThat((String) copied).contains("127.0.0.3:", "plain", "W0B01770001 -> A0B01770001");
  }

  @Test
  void shouldExportWhatIsShown() throws Exception {
    WALK.browser().click("Pause");
    try (Downloads downloads = new Downloads(WALK.browser())) {
      WALK.browser().click("Export");
      WALK.browser().click("CSV");
      List<String> csv = downloads.await(".csv").lines().toList();
      assertThat(csv.get(0)).startsWith("id,time,kind,door").endsWith("code,sentence");
      assertThat(csv).anyMatch(each -> each.contains(",W0B01770001,,A0B01770001,"));

      WALK.browser().click("Export");
      WALK.browser().click("JSON Lines");
      List<String> json = downloads.await(".jsonl").lines().toList();
      assertThat(json).hasSize(csv.size() - 1);
      assertThat(new JsonObject(json.get(0)).getString("peer")).startsWith("127.0.0.3:");
    }
  }
}
