package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the launcher makes with a real java, of the jars of this build. */
@Timeout(300)
class LauncherArchiveTest {

  private static final String SHARED = "io.wwep.cli.Main source: shared objects file";
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir private Path directory;
  private Path home;

  private record Run(int exitCode, String output) {}

  @BeforeEach
  void copy() throws IOException {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "wwep.cmd is for Windows");
    Path built = ROOT.resolve("cli/target");
    assumeTrue(Files.isDirectory(built.resolve("lib")), "cli is not packaged");
    home = Files.createDirectories(directory.resolve("home"));
    Path target = Files.createDirectories(home.resolve("cli/target"));
    copy(ROOT.resolve("wwep"), home);
    copyAll(built, target, "wwep-cli-");
    copyAll(built.resolve("lib"), Files.createDirectories(target.resolve("lib")), "");
    Files.createFile(target.resolve(".built"));
  }

  private static void copyAll(Path from, Path to, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path each : files.toList()) {
        String name = each.getFileName().toString();
        if (name.startsWith(prefix) && name.endsWith(".jar")) {
          copy(each, to);
        }
      }
    }
  }

  private static void copy(Path file, Path to) throws IOException {
    Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private Run run(String javaOptions, String... arguments) throws Exception {
    String[] command =
        Stream.concat(Stream.of(home.resolve("wwep").toString()), Stream.of(arguments))
            .toArray(String[]::new);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WWEP_JAVA_OPTIONS", javaOptions);
    Process process = builder.start();
    CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private Run version() throws Exception {
    return run("", "--version");
  }

  /** Returns the archives that are there whole; one in the making has another name. */
  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("cli/target"))) {
      return files.filter(each -> each.toString().endsWith(".jsa")).toList();
    }
  }

  /** Runs a java that the launcher has not seen, and waits for its archive. */
  private Path archive() throws Exception {
    assertThat(version().output()).startsWith("wwep ");
    await()
        .atMost(Duration.ofSeconds(150))
        .untilAsserted(() -> assertThat(archives()).as(log()).hasSize(1));
    return archives().get(0);
  }

  private String log() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("cli/target"))) {
      List<Path> logs = files.filter(each -> each.toString().endsWith(".jsa.log")).toList();
      return logs.isEmpty() ? "nothing was logged" : Files.readString(logs.get(0));
    }
  }

  @Test
  void shouldMakeAnArchiveForANewJavaAndUseIt() throws Exception {
    archive();
    Run quick = run("-Xlog:class+load", "--version");
    assertThat(quick.exitCode()).isZero();
    assertThat(quick.output()).contains(SHARED);
    if (Runtime.version().feature() < 24) {
      // Newer ones leave out classes in the format of old ones.
      assertThat(quick.output()).contains("picocli.CommandLine source: shared objects file");
    }
    assertThat(version().output()).isEqualTo(run("-Xshare:off", "--version").output());
  }

  @Test
  void shouldKeepTheNativeLibrariesAndLeaveNoneBehind() throws Exception {
    archive();
    assertThat(home.resolve("cli/target/native").resolve(System.mapLibraryName("sqlitejdbc")))
        .exists();
    try (Stream<Path> files = Files.list(home.resolve("cli/target"))) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .noneMatch(name -> name.startsWith("classes."));
    }
  }

  @Test
  void shouldRunWithADamagedArchive() throws Exception {
    Path archive = archive();
    byte[] whole = Files.readAllBytes(archive);
    Files.delete(archive);
    for (int length : new int[] {0, 100, whole.length / 2}) {
      Files.write(archive, Arrays.copyOf(whole, length));
      Run run = version();
      assertThat(run.exitCode()).as("%d bytes", length).isZero();
      assertThat(run.output()).startsWith("wwep ").hasLineCount(2);
    }
  }

  @Test
  void shouldRunWithAnArchiveOfOtherJars() throws Exception {
    archive();
    Path library = home.resolve("cli/target/lib");
    try (Stream<Path> files = Files.list(library)) {
      Path picocli =
          files.filter(each -> each.toString().contains("picocli")).findFirst().orElseThrow();
      Files.setLastModifiedTime(picocli, FileTime.fromMillis(0));
    }
    Run run = version();
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).startsWith("wwep ").hasLineCount(2);
  }

  @Test
  void shouldRunWhereNothingCanBeWritten() throws Exception {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
    Path target = home.resolve("cli/target");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      Run run = version();
      assertThat(run.exitCode()).isZero();
      assertThat(run.output()).startsWith("wwep ").hasLineCount(2);
      assertThat(archives()).isEmpty();
    } finally {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Its jar is another file, which java would complain of. */
  @Test
  void shouldMakeAnotherArchiveInACopyOfTheTree() throws Exception {
    Path first = archive();
    Path jar = jar();
    Path copy = Files.copy(jar, directory.resolve("copy.jar"));
    Files.move(copy, jar, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(first, FileTime.fromMillis(System.currentTimeMillis()));
    Run run = version();
    assertThat(run.output()).startsWith("wwep ").hasLineCount(2);
    await()
        .atMost(Duration.ofSeconds(150))
        .untilAsserted(() -> assertThat(archives()).as(log()).hasSize(2));
  }

  private Path jar() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("cli/target"))) {
      return files.filter(each -> each.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  @Test
  void shouldLeaveTheCollectorToWhoChoosesOne() throws Exception {
    Run run = run("-XX:+UseParallelGC", "--version");
    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
