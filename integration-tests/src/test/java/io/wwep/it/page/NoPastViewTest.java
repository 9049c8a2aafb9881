package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page on a phone, before a server that keeps no history. */
@Timeout(120)
class NoPastViewTest {

  @Test
  void shouldShowRegistersAndSayThatThereIsNoPast(@TempDir Path directory) {
    try (ViewedServer site =
        ViewedServer.start(directory, Browser.Look.PHONE, "--store", "memory:")) {
      Browser browser = site.browser();
      site.write(0x0FAC, 0x05, 1);

      site.open("registers/0FAC?open=05");
      browser.await("[role=gridcell][aria-label='05 (LED): 0001']");
      assertThat(browser.run("return document.documentElement.scrollWidth"))
          .isEqualTo(browser.run("return window.innerWidth"));
      site.open("history?r=0FAC05");
      browser.awaitText(".empty", "no history");
      site.open("time");
      browser.awaitText(".empty", "no history");
    }
  }
}
