package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.WwepProcess;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page that stays open while its server ends and starts anew. */
@Timeout(120)
class RestartTest {

  @RegisterExtension private static final Walk WALK = Walk.withoutServer();

  private static final String LINES = "[role=row][data-id]";

  @Test
  void shouldSayThatTheServerIsLostComeBackAndForgetOldMessages() throws Exception {
    String place;
    try (WwepProcess first = WALK.serve()) {
      place = first.consoleUrl().replaceFirst("https?://([^/]*)/?", "$1");
      WALK.open("live");
      IntStream.range(0, 20).forEach(i -> WALK.board(3).says("W0A2105%04X".formatted(i)));
      WALK.browser().awaitText(LINES, "W0A21050013");
      WALK.board(3).says("W0A21050014\0");
      WALK.browser().awaitText(LINES, "too-long");
      first.kill();
      WALK.browser().awaitText(".connection", "No answer, trying again");
    }
    try (WwepProcess second = WALK.serveAt(place)) {
      WALK.browser().awaitText(".connection", "Connected");
      WALK.browser().awaitText(".command", String.valueOf(second.plainPort()));
      assertThat(WALK.sight().text()).contains("Nothing has come yet", "W0FAC0B1234");
      WALK.board(4).says("W0A22051234");
      WALK.browser().awaitText(LINES, "W0A22051234");

      assertThat(WALK.browser().texts(LINES)).noneMatch(each -> each.contains("0A21"));
      assertThat(WALK.browser().all(".strip")).isEmpty();
    }
    WALK.browser().awaitText(".connection", "No answer, trying again");
    WALK.requireComplaintsOf("Failed to load resource");
  }

  @Test
  void shouldHaveTheBoardSayThatNobodyAnswersAndGoOnWhenSomebodyDoes() throws Exception {
    String place;
    try (WwepProcess first = WALK.serve()) {
      place = first.consoleUrl().replaceFirst("https?://([^/]*)/?", "$1");
      WALK.open("");
      WALK.browser().awaitText("main", "Nothing has come yet");
      WALK.browser().click("Press a button");
      WALK.browser().awaitText(".serial-lines p", "is up");
      first.kill();
      WALK.browser().press("0");
      WALK.browser().awaitText(".serial-bad", "no connection: the server does not answer");
    }
    try (WwepProcess second = WALK.serveAt(place, "--fsync", "never")) {
      WALK.browser().awaitText(".connection", "Connected");
      WALK.browser().press("0");
      WALK.browser().awaitText(".serial-fine", "stored 0000");
      assertThat(second.isAlive()).isTrue();
    }
    WALK.requireComplaintsOf("Failed to load resource");
  }
}
