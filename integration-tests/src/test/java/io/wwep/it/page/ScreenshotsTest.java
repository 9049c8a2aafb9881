package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.CSource;
import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
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

  @RegisterExtension private static final Walk WALK = Walk.withoutServer();

  private static final Map<String, Look> LOOKS =
      Map.of("light", Look.LIGHT, "dark", Look.DARK, "phone", Look.PHONE);

  private static ClassTraffic traffic;

  @BeforeAll
  static void start() throws Exception {
    Path library = CSource.library("clock.c", WALK.directory());
    Path clock = WALK.directory().resolve("clock");
    ClassTraffic.setClock(clock, 0);
    WwepProcess server =
        WALK.serveIn(
            Surroundings.NONE
                .with("LD_PRELOAD", library.toString())
                .with("CLOCK_OFFSET", clock.toString()));
    traffic = new ClassTraffic(server, clock);
    traffic.happen();
  }

  /** Views with a text that shows that they are complete. */
  private static Map<String, String> views() {
    Map<String, String> views = new LinkedHashMap<>();
    views.put("live", "send strlen(), not sizeof");
    views.put("boards", "both say that they are 0FA5");
    views.put("registers/0FA4?open=0B", "Last writes");
    views.put("history?r=0FA40B,0FA40C&last=1h", "127.0.0.12");
    views.put("time?n=80&with=now", "differ");
    views.put("server", "max-connections");
    return views;
  }

  @Test
  void shouldShowEachViewAsTheDocumentationDoes() throws IOException {
    // Its charts begin when it is looked at first, and go on while others are.
    WALK.open("server");
    WALK.browser().awaitText("main", "max-connections");
    for (Map.Entry<String, String> view : views().entrySet()) {
      WALK.open(view.getKey());
      WALK.browser().awaitText("main", view.getValue());
      for (Map.Entry<String, Look> look : LOOKS.entrySet()) {
        WALK.browser().look(look.getValue());
        WALK.browser().awaitUntil("rest", () -> WALK.sight().isAtRest());
        WALK.browser().screenshot(view.getKey().replaceFirst("[/?].*", "") + "-" + look.getKey());
        traffic.measure();
      }
      WALK.browser().look(Look.LIGHT);
    }
    showTheBoard();
    showTheSendBox();
  }

  private static void showTheBoard() throws IOException {
    WALK.open("board");
    WALK.browser().fill("MAC address", "02:A0:50:12:34:56");
    WALK.browser().press(Keys.ENTER);
    WALK.browser().awaitText(".serial-lines", "device ID 018E");
    WALK.browser().run("document.activeElement.blur()");
    WALK.browser().click("Clear");
    press("r", "nothing is stored yet");
    press("1", "TLS 1.3");
    press("x", "as it should be");
    press("0", "stored 0000");
    WALK.browser().choose("Button 1 checks", "another server's");
    WALK.browser().run("document.activeElement.blur()");
    press("1", "handshake failed");
    WALK.browser().choose("Button 1 checks", "the server's");
    WALK.browser().run("document.activeElement.blur()");
    for (Map.Entry<String, Look> look : LOOKS.entrySet()) {
      WALK.browser().look(look.getValue());
      WALK.browser().awaitUntil("rest", () -> WALK.sight().isAtRest());
      WALK.browser().screenshot("board-" + look.getKey());
    }
    WALK.browser().look(Look.LIGHT);
  }

  private static void press(String key, String shown) {
    WALK.browser().press(key);
    WALK.browser().awaitText(".serial-lines", shown);
  }

  private static void showTheSendBox() throws IOException {
    WALK.open("registers");
    WALK.browser().press("s");
    WALK.browser().fill("Bytes", "W0FAC0B1234\\0");
    WALK.browser().press(Keys.ENTER);

    WALK.browser().awaitText(".attempt", "send strlen()");
    WALK.browser().screenshot("send-light");
    assertThat(WALK.browser().all(".attempt")).hasSize(1);
  }
}
