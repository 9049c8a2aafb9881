package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types every command of README.md, in order, and compares what it prints. The only differences are
 * the ports, since the usual ones may be taken here, and what changes with each run: times,
 * addresses, fingerprints.
 */
@Timeout(180)
class ReadmeTest {

  private static final Pattern PLAIN = Pattern.compile("plain +port (\\d+) ");
  private static final Pattern TLS = Pattern.compile("TLS +port (\\d+) ");

  /** Said of every port but the usual one, which a reader has. */
  private static final String MAYBE_TLS = "; if port 27708 is the TLS port, add --tls";

  @TempDir private Path directory;
  private final List<String> console = new CopyOnWriteArrayList<>();
  private String plainPort = "0";
  private String tlsPort = "0";

  @Test
  void shouldPrintWhatTheReadmeShows() throws Exception {
    for (String tool : List.of("script", "nc", "sqlite3")) {
      assumeTrue(isInstalled(tool), tool + " is not installed");
    }
    Readme readme = Readme.read(repository().resolve("README.md"));
    Readme.Command serve = readme.commands().get(0);
    assertThat(serve.line()).isEqualTo("./wwep serve");
    putLauncher();
    Process server = startOnATerminal(serve.line());
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> seen("engine"));
      plainPort = port(PLAIN);
      tlsPort = port(TLS);
      assertThat(normal(console)).startsWith(normal(serve.output()).toArray(String[]::new));
      for (Readme.Command command : readme.commands().subList(1, readme.commands().size())) {
        assertThat(normal(type(command.line())))
            .as("$ %s", command.line())
            .isEqualTo(normal(command.output()));
      }
      assertThat(run(readme.java())).isEqualTo("1234");
      await()
          .untilAsserted(
              () -> assertThat(normal(console)).containsSubsequence(normal(readme.consoleLines())));
    } finally {
      server.destroy();
      server.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static Path repository() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("README.md")) ? here : here.getParent();
  }

  private static boolean isInstalled(String tool) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(each -> Files.isExecutable(Path.of(each, tool)));
  }

  /** A launcher that needs no build, and that knows which ports the server got. */
  private void putLauncher() throws IOException {
    String script =
        """
        #!/bin/sh
        case "$1 $*" in
          serve*) set -- "$@" --port 0 --tls-port 0 ;;
          board*) set -- "$@" --port "$PLAIN" --tls-port "$TLS" ;;
          *--tls*) set -- "$@" --port "$TLS" ;;
          *) set -- "$@" --port "$PLAIN" ;;
        esac
        exec '%s' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -cp '%s' \
          io.wwep.cli.Main "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"), WwepProcess.classPath());
    Path launcher = Files.writeString(directory.resolve("wwep"), script);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ProcessBuilder shell(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("NO_COLOR", "1");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("PLAIN", plainPort);
    builder.environment().put("TLS", tlsPort);
    return builder.redirectErrorStream(true);
  }

  private Process startOnATerminal(String line) throws IOException {
    Process process = shell("script", "-qfec", line, "/dev/null").start();
    Thread reader = new Thread(() -> follow(process));
    reader.setDaemon(true);
    reader.start();
    return process;
  }

  private void follow(Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(console::add);
    } catch (IOException | UncheckedIOException ended) {
      // The server is gone.
    }
  }

  private boolean seen(String word) {
    return console.stream().anyMatch(line -> line.strip().startsWith(word));
  }

  private String port(Pattern pattern) {
    return console.stream()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  private List<String> type(String line) throws IOException, InterruptedException {
    String command = line.replace("27708", plainPort).replace("40508", tlsPort);
    Process process = shell("sh", "-c", command).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output.lines().toList();
  }

  /** Replaces what changes from run to run. */
  private List<String> normal(List<String> lines) {
    return lines.stream()
        .map(
            line ->
                line.replaceAll("\\b" + plainPort + "\\b", "27708")
                    .replaceAll("\\b" + tlsPort + "\\b", "40508")
                    .replace(MAYBE_TLS, "")
                    .replaceAll("port (\\d+) on .*(localhost|same)", "port $1 on ADDRESSES")
                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
                    .replaceAll("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}", "TIME")
                    .replaceAll("(127\\.0\\.0\\.1|\\[::1\\]):\\d+", "PEER")
                    .replaceAll("127\\.0\\.0\\.1|::1", "ADDRESS")
                    .replaceAll("([0-9A-F]{2}:){31}[0-9A-F]{2}", "FINGERPRINT")
                    .replaceAll("[\\d.]+ ms", "TIME")
                    .replaceAll("engine .*", "engine ENGINE")
                    .replaceAll("\\s+", " ")
                    .strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Compiles and runs the example of the client library; returns what it prints. */
  private String run(String example) throws Exception {
    String source =
        """
        import io.wwep.client.WwepClient;
        import java.util.OptionalInt;
        class Example {
          public static void main(String[] arguments) {
        %s  }
        }
        """
            .formatted(example.replace("\"localhost\")", "\"localhost\").port(" + plainPort + ")"));
    Path file = Files.writeString(directory.resolve("Example.java"), source);
    String path = WwepProcess.classPath();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", path, "-d", directory.toString(), file.toString());
    assertThat(compiled).isZero();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process = shell(java, "-cp", directory + ":" + path, "Example").start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
