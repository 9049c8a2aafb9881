package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** Registers over time: the chart, the table of writes, and what can be taken away. */
@Timeout(120)
class HistoryTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final int WRITES = 130;

  /** How many different colours the chart has drawn, background aside. */
  private static final String COLOURS =
      """
      const canvas = document.querySelector('.history-chart canvas');
      const copy = new OffscreenCanvas(canvas.width, canvas.height)
        .getContext('2d', { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      const colours = new Set();
      for (let i = 0; i < data.length; i += 4)
        if (data[i + 3] === 255) colours.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
      return colours.size;
      """;

  @BeforeAll
  static void write() {
    IntStream.range(0, WRITES)
        .forEach(i -> WALK.board(3 + i % 2).says("W0E0105%04X".formatted(i * 100)));
    WALK.board(5).saysByTls("W0E020B1234");
  }

  private static void openHistory() {
    WALK.open("history?r=0E0105&last=10m");
    WALK.browser().awaitText("table", "127.0.0.3");
  }

  private static String query() {
    return WALK.browser().url().replaceFirst("[^?]*\\?", "");
  }

  @Test
  void shouldDrawRegistersAndTellTheirValues() {
    openHistory();
    WALK.browser().awaitText(".legend", "3264");
    Number before = (Number) WALK.browser().run(COLOURS);
    WALK.browser().fill("Device and register to add", "0E02 0B");
    WALK.browser().press(Keys.ENTER);

    WALK.browser().awaitText(".legend", "1234");
    WALK.browser()
        .awaitUntil(
            "a second line",
            () -> ((Number) WALK.browser().run(COLOURS)).intValue() > before.intValue());
    WALK.browser().awaitUntil("link", () -> query().contains("r=0E0105,0E020B"));
    WALK.requireNoBarriers();
    WALK.browser().click("Remove 0E01 05");
    WALK.browser().awaitUntil("link", () -> query().contains("r=0E020B"));
  }

  @Test
  void shouldZoomAndPanByKeysAndComeBackToTheLiveEnd() {
    openHistory();
    WALK.browser().press("+");
    WALK.browser().awaitUntil("5 minutes", () -> query().contains("last=5m"));
    WALK.browser().press("-");
    WALK.browser().awaitUntil("10 minutes", () -> query().contains("last=10m"));
    WALK.browser().press(Keys.ARROW_LEFT);
    WALK.browser().awaitUntil("the past", () -> query().contains("from="));
    String earlier = query();
    WALK.browser().press(Keys.ARROW_LEFT);
    WALK.browser().awaitUntil("more of the past", () -> !query().equals(earlier));
    WALK.browser().press("l");
    WALK.browser().awaitUntil("the live end", () -> query().contains("last=10m"));
    WALK.browser().press("a");
    WALK.browser().awaitUntil("all", () -> !query().contains("last=10m"));
  }

  @Test
  void shouldFollowWhatIsWritten() {
    openHistory();
    WALK.board(6).says("W0E0105FFFF");

    WALK.browser().awaitText(".legend", "FFFF");
    WALK.browser().awaitText("table", "127.0.0.6");
    WALK.board(3).says("W0E01053264");
    WALK.browser().awaitText(".legend", "3264");
  }

  @Test
  void shouldListWhoWroteEachValuePageByPage() {
    openHistory();
    assertThat(WALK.browser().all("tbody tr")).hasSize(50);
    WALK.browser().click("Older");
    WALK.browser()
        .awaitUntil(
            "the second page", () -> !WALK.browser().texts("tbody").get(0).contains("3264"));
    WALK.browser().click("Older");
    WALK.browser().awaitText("tbody", "0000");
    assertThat(WALK.browser().texts("tbody tr"))
        .anyMatch(each -> each.contains("127.0.0.3 plain") && each.contains("05 (LED)"));
    WALK.browser().click("Newer");
    WALK.browser().click("Newer");
    WALK.browser().awaitText("tbody", "3264");
  }

  @Test
  void shouldExportTheWritesThatAreShown() throws Exception {
    openHistory();
    try (Downloads downloads = new Downloads(WALK.browser())) {
      WALK.browser().click("Export");
      WALK.browser().click("CSV");
      List<String> csv = downloads.await(".csv").lines().toList();
      assertThat(csv.get(0)).isEqualTo("number,time,device,register,value,hex,peer,door");
      assertThat(csv).hasSizeGreaterThan(WRITES);
      assertThat(csv).anyMatch(each -> each.endsWith(",0E01,05,12900,3264,127.0.0.4,plain"));

      WALK.browser().click("Export");
      WALK.browser().click("JSON Lines");
      List<String> json = downloads.await(".jsonl").lines().toList();
      assertThat(json).hasSize(csv.size() - 1);
      assertThat(new JsonObject(json.get(0)).getString("device")).isEqualTo("0E01");
    }
  }
}
