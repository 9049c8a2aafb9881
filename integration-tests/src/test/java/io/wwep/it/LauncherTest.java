package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, with a Maven and a java that only say that they were called. */
@Timeout(60)
class LauncherTest {

  private static final String MAKE_JAR = "mkdir -p cli/target; echo jar >cli/target/wwep-cli-1.jar";

  private static final Collector<CharSequence, ?, String> LINES =
      Collectors.joining("\n", "", "\n");

  private record Run(int exitCode, String output) {}

  @TempDir private Path directory;
  private Path home;
  private Path tools;

  @BeforeEach
  void copy() throws IOException {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "wwep.cmd is for Windows");
    home = Files.createDirectories(directory.resolve("a home"));
    tools = Files.createDirectories(directory.resolve("tools"));
    Files.copy(
        repository().resolve("wwep"), home.resolve("wwep"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.createDirectories(home.resolve("cli/src/main/java"));
    Files.writeString(home.resolve("cli/src/main/java/Main.java"), "class Main {}");
    Files.writeString(home.resolve("cli/pom.xml"), "<project/>");
    tool("mvn", "echo called >>\"$CALLS\"; " + MAKE_JAR);
    java("17.0.1");
  }

  private static Path repository() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("wwep")) ? here : here.getParent();
  }

  private void tool(String name, String body) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void java(String version) throws IOException {
    java("java", version);
  }

  private void java(String name, String version) throws IOException {
    tool(
        name,
        """
        if [ "$1" = -version ]; then
          echo asked >>"$CALLS.java"
          echo 'openjdk version "%s" 2024' >&2
          exit
        fi
        for last; do :; done
        case "$*" in
          *Rehearsal*) echo rehearsed >>"$CALLS.archive" ;;
          *-Xshare:dump*)
            for each; do case $each in -XX:SharedArchiveFile=*) echo %s >"${each#*=}" ;; esac; done ;;
          *-XX:SharedArchiveFile=*) echo "quickly runs $last" ;;
          *) echo "runs $last" ;;
        esac\
        """
            .formatted(version, version));
  }

  private Run run(String... arguments) throws Exception {
    Process process = start(arguments);
    String output = output(process);
    return new Run(process.exitValue(), output);
  }

  /** Returns what runs a command where there are no tools but the test's. */
  private ProcessBuilder command(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().put("CALLS", directory.resolve("calls").toString());
    return builder;
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("wwep").toString()));
    command.addAll(List.of(arguments));
    Process process = command(command.toArray(String[]::new)).start();
    process.getOutputStream().close();
    return process;
  }

  /** Returns what it prints up to the end of all that has its output open. */
  private static String output(Process process) throws Exception {
    CompletableFuture<String> output =
        CompletableFuture.supplyAsync(
            () -> process.inputReader(StandardCharsets.UTF_8).lines().collect(LINES));
    try {
      String printed = output.get(40, TimeUnit.SECONDS);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }

  private long builds() throws IOException {
    return lines("calls");
  }

  private long lines(String file) throws IOException {
    Path calls = directory.resolve(file);
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  @Test
  void shouldBuildOnceAndThenOnlyRun() throws Exception {
    Run first = run("help");
    assertThat(first.output()).contains("Building wwep").endsWith("quickly runs help\n");
    assertThat(builds()).isEqualTo(1);
    Run second = run("help");
    assertThat(second.output()).isEqualTo("quickly runs help\n");
    assertThat(second.exitCode()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void shouldBuildAgainWhenASourceIsNewer() throws Exception {
    run("help");
    Files.setLastModifiedTime(
        home.resolve("cli/src/main/java/Main.java"), FileTime.from(Instant.now().plusSeconds(10)));
    run("help");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void shouldRunThroughALinkFromAnotherDirectory() throws Exception {
    run("help");
    Path link = Files.createSymbolicLink(directory.resolve("link"), home.resolve("wwep"));
    Files.delete(home.resolve("pom.xml"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.from(Instant.EPOCH));
    ProcessBuilder builder = new ProcessBuilder(link.toString(), "help").directory(tools.toFile());
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    Process process = builder.redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("quickly runs help\n");
  }

  @Test
  void shouldSayInOneSentenceWhenTheBuildFails() throws Exception {
    tool("mvn", "echo '[ERROR] no network'; exit 1");
    Run run = run("help");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output()).contains("[ERROR] no network").contains("wwep: the build failed");
    assertThat(home.resolve("wwep-build.log")).exists();
    assertThat(run("help").exitCode()).isEqualTo(2);
  }

  @Test
  void shouldSayWhenJavaIsTooOld() throws Exception {
    java("11.0.1");
    Run run = run("help");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output()).startsWith("wwep: this java is version 11").contains("17 or newer");
    assertThat(builds()).isZero();
  }

  @Test
  void shouldBuildOnceForTwoTerminals() throws Exception {
    tool("mvn", "echo called >>\"$CALLS\"; sleep 1; " + MAKE_JAR);
    Thread other =
        new Thread(
            () -> {
              try {
                run("help");
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
    other.start();
    assertThat(run("help").output()).endsWith("quickly runs help\n");
    other.join();
    assertThat(builds()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_392, 8", "9, 9", "11.0.1, 11"})
  void shouldNameTheVersionAsPeopleDo(String reported, String shown) throws Exception {
    java(reported);
    assertThat(run("help").output()).startsWith("wwep: this java is version " + shown + " (");
  }

  @Test
  void shouldAskAJavaForItsVersionOnce() throws Exception {
    run("help");
    run("help");
    assertThat(lines("calls.java")).isEqualTo(1);
  }

  /** As update-alternatives does: the link keeps its name. */
  @Test
  void shouldAskAgainWhenAnotherJavaIsBehindTheName() throws Exception {
    java("java-17", "17.0.1");
    java("java-11", "11.0.1");
    Path link = tools.resolve("java");
    Files.delete(link);
    Files.createSymbolicLink(link, tools.resolve("java-17"));
    assertThat(run("help").output()).endsWith("quickly runs help\n");
    Files.delete(link);
    Files.createSymbolicLink(link, tools.resolve("java-11"));
    assertThat(run("help").output()).startsWith("wwep: this java is version 11");
  }

  @Test
  void shouldAskAgainWhenTheJavaItselfWasReplaced() throws Exception {
    run("help");
    java("1.8.0_392");
    assertThat(run("help").output()).startsWith("wwep: this java is version 8");
  }

  /** Its builder was stopped before it could write down its process id. */
  @Test
  void shouldTakeOverALockThatNobodyOwns() throws Exception {
    Files.createDirectories(home.resolve(".wwep-build"));
    Run run = run("help");
    assertThat(run.output())
        .containsOnlyOnce("Waiting for another build of wwep")
        .endsWith("quickly runs help\n");
    assertThat(builds()).isEqualTo(1);
    assertThat(locks()).isEmpty();
  }

  @Test
  void shouldTakeOverTheLockOfABuilderThatIsGone() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectories(home.resolve(".wwep-build"));
    Files.writeString(home.resolve(".wwep-build/pid"), gone.pid() + "\n");
    Run run = run("help");
    assertThat(run.output()).doesNotContain("Waiting").endsWith("quickly runs help\n");
    assertThat(locks()).isEmpty();
  }

  @Test
  void shouldSayOnceForWhomItWaits() throws Exception {
    Process builder = new ProcessBuilder("cat").start();
    try {
      Files.createDirectories(home.resolve(".wwep-build"));
      Files.writeString(home.resolve(".wwep-build/pid"), builder.pid() + "\n");
      Process waiting = start("help");
      BufferedReader lines = waiting.inputReader();
      assertThat(lines.readLine())
          .startsWith("Waiting for process " + builder.pid() + ", which builds wwep");
      builder.destroyForcibly().waitFor();
      String rest = lines.lines().collect(LINES);
      assertThat(rest).doesNotContain("Waiting").endsWith("quickly runs help\n");
    } finally {
      builder.destroyForcibly();
    }
  }

  /** Several terminals find the same lock of nobody, and one of them builds. */
  @ParameterizedTest
  @ValueSource(strings = {"", "gone"})
  void shouldBuildOnceWhenSeveralTakeOver(String owner) throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    tool("mvn", "echo called >>\"$CALLS\"; sleep 2; " + MAKE_JAR);
    // Between the steps of one terminal others have time for all of theirs.
    tool("mkdir", "/bin/mkdir \"$@\" && case $* in */.wwep-build) sleep 0.9 ;; esac");
    tool("rm", "case $* in */.wwep-build) sleep 1.2 ;; esac; exec /bin/rm \"$@\"");
    Files.createDirectories(home.resolve(".wwep-build"));
    if (!owner.isEmpty()) {
      Files.writeString(home.resolve(".wwep-build/pid"), gone.pid() + "\n");
    }
    List<Process> terminals = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      terminals.add(start("help"));
    }
    for (Process each : terminals) {
      assertThat(output(each)).endsWith("quickly runs help\n");
    }
    assertThat(builds()).isEqualTo(1);
    assertThat(locks()).isEmpty();
  }

  @Test
  void shouldBuildAgainWhenTheJarIsGone() throws Exception {
    run("help");
    Files.delete(home.resolve("cli/target/wwep-cli-1.jar"));
    assertThat(run("help").output()).endsWith("quickly runs help\n");
    assertThat(builds()).isEqualTo(2);
  }

  /** CDPATH makes cd print where it goes, and go elsewhere. */
  @Test
  void shouldFindItsHomeWhateverCdpathSays() throws Exception {
    run("help");
    Files.createDirectories(directory.resolve("other/a home"));
    ProcessBuilder builder = command("/bin/sh", "-c", "'a home/wwep' help");
    builder.directory(directory.toFile());
    builder.environment().put("CDPATH", directory.resolve("other") + ":.");
    assertThat(output(builder.start())).isEqualTo("quickly runs help\n");
  }

  /** What is made in the background must not hold the pipe that the output is read from. */
  @Test
  void shouldNotKeepItsReaderWaitingForTheArchive() throws Exception {
    run("help");
    try (Stream<Path> files = Files.list(home.resolve("cli/target"))) {
      for (Path each : files.filter(file -> file.toString().contains(".jsa")).toList()) {
        Files.delete(each);
      }
    }
    Path gate = directory.resolve("gate");
    new ProcessBuilder("mkfifo", gate.toString()).start().waitFor();
    String java = Files.readString(tools.resolve("java"));
    tool("java", java.replace("*Rehearsal*)", "*Rehearsal*) read line <\"" + gate + "\";"));
    run("help");
    assertThat(directory.resolve("calls.archive")).hasContent("rehearsed");
    Files.writeString(gate, "go\n");
    await().untilAsserted(() -> assertThat(lines("calls.archive")).isEqualTo(2));
  }

  /** A launcher was killed, and its Maven goes on. */
  @Test
  void shouldWaitForAMavenWhoseLauncherIsGone() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Process maven = new ProcessBuilder("cat").start();
    try {
      Files.createDirectories(home.resolve(".wwep-build"));
      Files.writeString(home.resolve(".wwep-build/pid"), gone.pid() + "\n");
      Files.writeString(home.resolve(".wwep-build/maven"), maven.pid() + "\n");
      Process waiting = start("help");
      BufferedReader lines = waiting.inputReader();
      assertThat(lines.readLine()).startsWith("Waiting for process " + maven.pid());
      maven.destroyForcibly().waitFor();
      assertThat(lines.lines().toList()).last().isEqualTo("quickly runs help");
    } finally {
      maven.destroyForcibly();
    }
  }

  private List<Path> locks() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.filter(each -> each.getFileName().toString().startsWith(".wwep-build")).toList();
    }
  }
}
