package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** A page of a server whose policy lets the console read and not write. */
@Timeout(120)
class PolicyTest {

  @RegisterExtension private static final Walk WALK = Walk.withoutServer();

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(
        WALK.directory().resolve("policy.toml"),
        """
        [[grant]]
        port = "plain"
        read = "*"
        write = "*"

        [[grant]]
        port = "console"
        read = "*"
        """);
    WALK.serve("--policy", "policy.toml");
  }

  @Test
  void shouldNotEditWhatThePolicyDeniesAndSayWhy() {
    WALK.board(3).says("W0D010B8041");
    WALK.open("registers/0D01?open=0B");

    WALK.browser().named("[role=gridcell]", "0B: 8041");
    assertThat(WALK.browser().awaitText(".panel", "policy").getText())
        .contains("policy.toml", "0D01");
    assertThat(WALK.browser().all("[aria-label='New value']")).isEmpty();
    WALK.browser().named("[role=gridcell]", "0B: 8041").click();
    WALK.browser().press(Keys.F2);
    WALK.browser().named("input", "New value").sendKeys("1234", Keys.ENTER);
    WALK.browser().awaitText(".toasts", "policy.toml");
    assertThat(WALK.board(3).says("R0D010B")).isEqualTo("A0D010B8041");
    WALK.requireNoBarriers();
  }

  @Test
  void shouldAnswerTheBoardOnThePageWithAnXAndSayWhy() {
    WALK.open("board");
    WALK.browser().awaitText(".serial-lines p", "is up");
    WALK.browser().press("0");

    WALK.browser().awaitText(".serial-reply", "← X");
    assertThat(WALK.browser().awaitText(".serial-bad", "rejected (denied)").getText())
        .contains("policy.toml");
    WALK.browser().await("[aria-label='LED on']");
    WALK.requireComplaintsOf("status of 403");
  }
}
