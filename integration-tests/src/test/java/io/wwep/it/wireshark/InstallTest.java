package io.wwep.it.wireshark;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Tool;
import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dissector comes to where Wireshark looks for it, by whatever home somebody has. */
@Timeout(120)
class InstallTest {

  private static final String FOLDER = "Personal Lua Plugins:";

  @TempDir private Path directory;

  private String tshark(String report) throws Exception {
    Path elsewhere = directory.resolve("elsewhere");
    Tool.of("tshark");
    return Tool.of(
            "env",
            "HOME=" + directory,
            "XDG_CONFIG_HOME=" + elsewhere,
            "XDG_DATA_HOME=" + elsewhere,
            "tshark",
            "-G",
            report)
        .run("")
        .out();
  }

  private void install() throws Exception {
    Surroundings home = Surroundings.NONE.with("HOME", directory.toString());
    try (WwepProcess wwep =
        WwepProcess.start(
            home.with("XDG_DATA_HOME", "/elsewhere"), directory, "wireshark", "--install")) {
      assertThat(wwep.awaitExit()).as("%s", wwep.errors()).isZero();
    }
  }

  @Test
  void shouldPutTheDissectorWhereWiresharkFindsItAndReplaceAnOlderOne() throws Exception {
    String folder =
        tshark("folders")
            .lines()
            .filter(line -> line.startsWith(FOLDER))
            .map(line -> line.substring(FOLDER.length()).strip())
            .findFirst()
            .orElseThrow();
    assertThat(tshark("protocols")).doesNotContain("\tWWEP\twwep\n");

    install();

    Path file = Path.of(folder, "wwep.lua");
    assertThat(file).hasSameBinaryContentAs(Tshark.DISSECTOR);
    assertThat(tshark("protocols")).contains("\tWWEP\twwep\n");
    Files.writeString(file, "an older one");
    install();
    assertThat(file).hasSameBinaryContentAs(Tshark.DISSECTOR);
  }
}
