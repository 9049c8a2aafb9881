package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a Maven and a java that only say that they were called. */
@Timeout(60)
class LauncherTest {

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
    tool("mvn", "echo called >>\"$CALLS\"; mkdir -p cli/target/classes");
    java(17);
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

  private void java(int version) throws IOException {
    tool(
        "java",
        """
        if [ "$1" = -version ]; then echo 'openjdk version "%d.0.1" 2024' >&2; exit; fi
        for last; do :; done
        echo "runs $last"\
        """
            .formatted(version));
  }

  private Run run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of(home.resolve("wwep").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().put("CALLS", directory.resolve("calls").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }

  private long builds() throws IOException {
    Path calls = directory.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  @Test
  void shouldBuildOnceAndThenOnlyRun() throws Exception {
    Run first = run("help");
    assertThat(first.output()).contains("Building wwep").endsWith("runs help\n");
    assertThat(builds()).isEqualTo(1);
    Run second = run("help");
    assertThat(second.output()).isEqualTo("runs help\n");
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
        .isEqualTo("runs help\n");
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
    java(11);
    Run run = run("help");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output()).startsWith("wwep: this java is version 11").contains("17 or newer");
    assertThat(builds()).isZero();
  }

  @Test
  void shouldBuildOnceForTwoTerminals() throws Exception {
    tool("mvn", "echo called >>\"$CALLS\"; sleep 1; mkdir -p cli/target/classes");
    Thread other =
        new Thread(
            () -> {
              try {
                run("help");
              } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
              }
            });
    other.start();
    assertThat(run("help").output()).endsWith("runs help\n");
    other.join();
    assertThat(builds()).isEqualTo(1);
  }
}
