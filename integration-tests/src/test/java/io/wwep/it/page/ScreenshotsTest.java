package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/**
 * The page as the documentation shows it: each view in light, in dark and on a phone, before a
 * class of boards. {@code -Dwwep.screenshots=docs/images} makes the documentation's anew.
 */
@Timeout(120)
class ScreenshotsTest {

  @RegisterExtension private static final Walk WALK = Walk.with();

  private static final Map<String, Look> LOOKS =
      Map.of("light", Look.LIGHT, "dark", Look.DARK, "phone", Look.PHONE);

  @BeforeAll
  static void fill() {
    new ClassTraffic(WALK.server()).happen();
  }

  /** Views with a text that shows that they are complete. */
  private static Map<String, String> views() {
    Map<String, String> views = new LinkedHashMap<>();
    views.put("live", "send strlen(), not sizeof");
    views.put("boards", "both say that they are 0FA5");
    views.put("registers/0FA4?open=0B", "Last writes");
    views.put("history?r=0FA40B,0FA40C&last=1m", "127.0.0.12");
    views.put("time?n=60&with=now", "differ");
    views.put("server", "max-connections");
    return views;
  }

  @Test
  void shouldShowEachViewAsTheDocumentationDoes() throws IOException {
    for (Map.Entry<String, String> view : views().entrySet()) {
      WALK.open(view.getKey());
      WALK.browser().awaitText("main", view.getValue());
      for (Map.Entry<String, Look> look : LOOKS.entrySet()) {
        WALK.browser().look(look.getValue());
        WALK.browser().awaitUntil("rest", () -> WALK.sight().isAtRest());
        WALK.browser().screenshot(view.getKey().replaceFirst("[/?].*", "") + "-" + look.getKey());
      }
      WALK.browser().look(Look.LIGHT);
    }
  }

  @Test
  void shouldShowTheSendBoxAsTheDocumentationDoes() throws IOException {
    WALK.open("live");
    WALK.browser().await("nav");
    WALK.browser().press("s");
    WALK.browser().fill("Bytes", "W0FAC0B1234\\0");
    WALK.browser().press(Keys.ENTER);

    WALK.browser().awaitText(".attempt", "send strlen()");
    WALK.browser().screenshot("send-light");
    assertThat(WALK.browser().all(".attempt")).hasSize(1);
  }
}
