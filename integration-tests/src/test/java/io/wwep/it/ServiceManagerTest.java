package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.WwepProcess.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as systemd runs it, and the unit that the documentation shows. */
@Timeout(120)
class ServiceManagerTest {

  private static final Path GUIDE = Path.of("..", "docs", "operation.md");
  private static final Pattern UNIT = Pattern.compile("(?s)```ini\n(\\[Unit].*?)```");

  @TempDir private Path directory;

  @Test
  void shouldTellThatItIsReadyLivesAndStops() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "systemd is on Linux only");
    Path socket = directory.resolve("notify");
    List<String> words = new CopyOnWriteArrayList<>();
    Tool.of("socat", "-V");
    Process systemd = new ProcessBuilder("socat", "-u", "UNIX-RECV:" + socket, "STDOUT").start();
    try {
      follow(systemd, words);
      await().until(() -> Files.exists(socket));
      Surroundings surroundings =
          Surroundings.NONE
              .with("NOTIFY_SOCKET", socket.toString())
              .with("WATCHDOG_USEC", "400000");
      try (WwepProcess server = WwepProcess.serve(surroundings, directory, "--no-tls")) {
        awaitWord(words, "READY=1");
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> words.stream().filter("WATCHDOG=1"::equals).count() >= 3);
        server.terminate();
        awaitWord(words, "STOPPING=1");
        assertThat(server.awaitExit()).isZero();
        assertThat(server.output()).noneMatch(line -> line.contains("note"));
      }
    } finally {
      systemd.destroyForcibly();
    }
  }

  private static void follow(Process process, List<String> lines) {
    Thread reader =
        new Thread(
            () -> {
              BufferedReader text = process.inputReader(StandardCharsets.UTF_8);
              text.lines().forEach(lines::add);
            });
    reader.setDaemon(true);
    reader.start();
  }

  private static void awaitWord(List<String> words, String word) {
    await().atMost(Duration.ofSeconds(20)).until(() -> words.contains(word));
  }

  @Test
  void shouldShowAUnitThatSystemdTakes() throws Exception {
    Path unit = Files.writeString(directory.resolve("wwep.service"), unit());
    Tool.Result verified = Tool.of("systemd-analyze", "verify", unit.toString()).run("");

    assertThat(verified.err() + verified.out()).isEmpty();
    assertThat(verified.exit()).isZero();
  }

  /** Returns the unit with a program that is here, since systemd looks for it. */
  private static String unit() throws IOException {
    Matcher unit = UNIT.matcher(Files.readString(GUIDE));
    assertThat(unit.find()).isTrue();
    String text = unit.group(1);
    assertThat(text).contains("\nExecStart=/opt/wwep/wwep serve ");
    return text.replace("ExecStart=/opt/wwep/wwep ", "ExecStart=/bin/true ");
  }
}
