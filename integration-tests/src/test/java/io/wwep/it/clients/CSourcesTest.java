package io.wwep.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.CSource;
import io.wwep.it.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code clients/c} promises of its sources: that they compile as told, and on any board. */
@Timeout(120)
class CSourcesTest {

  private static final Pattern COMMAND = Pattern.compile("^ \\*   cc (-std=c99 .*)$");

  @TempDir private Path directory;

  static Stream<String> exercises() {
    return Stream.of("01", "02", "03", "04", "05", "06", "07").map("exercise%s.c"::formatted);
  }

  /** The lines at the head of each exercise, as somebody copies them. */
  @ParameterizedTest
  @MethodSource("exercises")
  void shouldCompileAsItsFirstLinesSay(String source) throws Exception {
    List<String> lines = Files.readAllLines(CPrograms.SOURCES.resolve(source));
    int compiled = 0;
    for (String line : lines.subList(0, 10)) {
      Matcher command = COMMAND.matcher(line);
      if (command.matches()) {
        assumeLibraries(line);
        Path program = directory.resolve("program" + compiled++);
        List<String> arguments = new ArrayList<>(List.of(command.group(1).split(" ")));
        arguments.set(arguments.indexOf("-o") + 1, program.toString());
        CPrograms.compile("cc", arguments);
        assertThat(program).isExecutable();
      }
    }
    assertThat(compiled).isPositive();
  }

  private void assumeLibraries(String line) throws Exception {
    if (line.contains("-lssl")) {
      CSource.assumeInstalled("openssl/ssl.h", directory);
    }
    if (line.contains("-lmbedtls")) {
      CSource.assumeInstalled("mbedtls/ssl.h", directory);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "clang"})
  void shouldCompileWithoutAWarning(String compiler) throws Exception {
    CSource.assumeInstalled("openssl/ssl.h", directory);
    CSource.assumeInstalled("mbedtls/ssl.h", directory);
    List<Path> sources;
    try (Stream<Path> files = Files.list(CPrograms.SOURCES)) {
      sources = files.filter(file -> file.toString().endsWith(".c")).sorted().toList();
    }
    assertThat(sources).hasSizeGreaterThan(10);
    for (Path source : sources) {
      List<String> arguments = new ArrayList<>(CPrograms.STRICT);
      arguments.addAll(List.of("-O2", "-Wshadow", "-Wconversion", "-c", source.toString()));
      arguments.addAll(List.of("-o", directory.resolve("object.o").toString()));
      CPrograms.compile(compiler, arguments);
    }
  }

  @Test
  void shouldBuildAllWithMake() throws Exception {
    CSource.assumeInstalled("openssl/ssl.h", directory);
    Tool.Result made =
        Tool.of("make", "-s", "-C", CPrograms.SOURCES.toString(), "OUT=" + directory).run("");

    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(exercises().map(name -> directory.resolve(name.replace(".c", ""))))
        .allSatisfy(program -> assertThat(program).isExecutable());
  }

  /** The core calls nothing of a platform, malloc least of all. */
  @Test
  void shouldNeedNothingOfAPlatform() throws Exception {
    Path object = directory.resolve("wwep.o");
    List<String> arguments = new ArrayList<>(CPrograms.STRICT);
    arguments.addAll(List.of("-ffreestanding", "-O2", "-c", "wwep.c", "-o", object.toString()));
    CPrograms.compile("cc", arguments);

    Tool.Result unresolved = Tool.of("nm", "-u", object.toString()).run("");

    assertThat(unresolved.exit()).isZero();
    assertThat(unresolved.out()).isBlank();
  }

  /** Each split of a reply, late ones, and a clock that runs over, by a transport of its own. */
  @Test
  void shouldCollectRepliesThroughAnyTransport() throws Exception {
    Tool.Result result = Tool.of(CPrograms.test("wwep_core.c").toString()).run("");

    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).containsPattern("(?m)^[1-9]\\d+ checks, 0 failed$");
  }
}
