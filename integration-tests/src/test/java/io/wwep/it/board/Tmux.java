package io.wwep.it.board;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.it.Tool;
import io.wwep.it.WwepProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The wwep command on a real terminal, tmux's, with its screen and its keys. What the terminal was
 * set to is in {@code before} and {@code after}, as stty tells it.
 */
final class Tmux implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String WINDOW = "it:0";

  private final Path directory;
  private final String socket = "wwep-it-" + UUID.randomUUID();

  private Tmux(Path directory) {
    this.directory = directory;
  }

  /**
   * Starts the command, or skips the test where there is no tmux. A shell starts it, and goes on
   * behind it.
   *
   * @param variables of the environment, as {@code TERM=dumb}
   */
  static Tmux start(
      Path directory, int columns, int rows, List<String> variables, String... arguments)
      throws IOException {
    Path script = directory.resolve("run.sh");
    List<String> command = new ArrayList<>();
    if (!variables.isEmpty()) {
      command.add("env");
      command.addAll(variables);
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", WwepProcess.classPath(), "io.wwep.cli.Main"));
    command.addAll(List.of(arguments));
    Files.writeString(
        script,
        """
        cd '%s'
        echo before the board
        stty -a > before
        sh -c 'echo $$ > pid; exec "$@"' sh %s 2> errors
        echo "exit $?"
        stty -a > after
        echo behind the board
        exec cat
        """
            .formatted(directory, quoted(command)));
    Tmux tmux = new Tmux(directory);
    tmux.tool(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-s",
        "it",
        "-x",
        "" + columns,
        "-y",
        "" + rows,
        "LC_ALL=C.UTF-8 sh " + script);
    return tmux;
  }

  private static String quoted(List<String> arguments) {
    return arguments.stream().map(each -> "'" + each + "'").collect(Collectors.joining(" "));
  }

  private String tool(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-L", socket));
    command.addAll(List.of(arguments));
    Tool.Result result = run(command);
    assertThat(result.exit()).as("%s: %s", command, result.err()).isZero();
    // A tool's output is handed over byte by byte.
    return new String(result.out().getBytes(ISO_8859_1), UTF_8);
  }

  private static Tool.Result run(List<String> command) {
    Tool tool = Tool.of(command.toArray(String[]::new));
    try {
      return tool.run("");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns what is on the screen, without spaces at the ends of lines. */
  String screen() {
    return tool("capture-pane", "-p", "-t", WINDOW);
  }

  /** Waits until all of this is on the screen. */
  Tmux awaits(String... parts) {
    await().atMost(TIMEOUT).untilAsserted(() -> assertThat(screen()).contains(parts));
    return this;
  }

  /** Presses keys, by the names that tmux has for them, and waits for what they bring. */
  Tmux press(String keys, String... parts) {
    tool("send-keys", "-t", WINDOW, keys);
    return parts.length == 0 ? this : awaits(parts);
  }

  void resize(int columns, int rows) {
    tool("resize-window", "-t", WINDOW, "-x", "" + columns, "-y", "" + rows);
  }

  /** Sends a signal to the command, as {@code TERM}. */
  void signal(String name) throws IOException {
    String pid = Files.readString(directory.resolve("pid")).strip();
    assertThat(run(List.of("kill", "-" + name, pid)).exit()).isZero();
  }

  /** Waits for the end of the command; the terminal must be as it was, and show what it showed. */
  void awaitsRestored(int exitCode) throws IOException {
    awaits("before the board", "exit " + exitCode, "behind the board");
    assertThat(screen()).doesNotContain("serial port", "┌", "│");
    assertThat(Files.readString(directory.resolve("after")))
        .isEqualTo(Files.readString(directory.resolve("before")));
    assertThat(showsCursor()).isTrue();
  }

  private boolean showsCursor() {
    return tool("display-message", "-p", "-t", WINDOW, "#{cursor_flag} #{alternate_on}")
        .strip()
        .equals("1 0");
  }

  /** Returns what the command has complained about. */
  String errors() throws IOException {
    return Files.readString(directory.resolve("errors"));
  }

  @Override
  public void close() {
    tool("kill-server");
  }
}
