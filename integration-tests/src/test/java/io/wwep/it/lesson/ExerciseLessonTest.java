package io.wwep.it.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.CSource;
import io.wwep.it.Tool;
import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wwep lesson exercises}, as a process of its own, with the real compiler. */
class ExerciseLessonTest {

  /** Far beyond what it takes, so that a busy machine fails no test. */
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  @TempDir Path directory;

  private Path temporary;

  @BeforeEach
  void makeFolders() throws IOException {
    temporary = Files.createDirectory(directory.resolve("temporary"));
  }

  private record Lesson(int exit, String out, String err) {}

  private Lesson play(Surroundings surroundings, String... options) throws Exception {
    String[] command =
        Stream.concat(Stream.of("lesson", "exercises"), Stream.of(options)).toArray(String[]::new);
    try (WwepProcess lesson =
        WwepProcess.start(surroundings.jvm("-Djava.io.tmpdir=" + temporary), directory, command)) {
      int exit = lesson.awaitExit(PATIENCE);
      return new Lesson(
          exit, String.join("\n", lesson.output()), String.join("\n", lesson.errors()));
    }
  }

  private List<Path> leftBehind() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(file -> file.getFileName().toString().contains("lesson")).toList();
    }
  }

  @Test
  void shouldDoAllExercisesWithBoardsProgramsInCAndTheChecker() throws Exception {
    Tool.of("cc");
    CSource.assumeInstalled("openssl/ssl.h", directory);

    Lesson lesson = play(Surroundings.NONE);

    assertThat(lesson.exit).as(lesson.out + lesson.err).isZero();
    assertThat(lesson.out).doesNotContain("[NOT SO]", "left out", "not done");
    for (String number : List.of("01", "02", "03", "04", "05", "06", "07")) {
      assertThat(lesson.out.lines())
          .as(number)
          .anyMatch(line -> line.matches(number + "  .* done +done +done"));
    }
    assertThat(lesson.out)
        .contains("in C      0  LED on   TLS")
        .contains("the board that verifies hangs up, and the impostor gets nothing")
        .contains("All exercises were done");
    assertThat(lesson.err).isEmpty();
    assertThat(leftBehind()).isEmpty();
  }

  /** The compiler is given a small server that writes its replies in lower case. */
  @Test
  void shouldSayWhichExerciseIsBroken() throws Exception {
    Tool.of("cc");
    Path tools = Files.createDirectory(directory.resolve("tools"));
    script(
        tools.resolve("cc"),
        "[ -f registers.c ] && sed -i 's/0123456789ABCDEF/0123456789abcdef/'" + " registers.c",
        "PATH=${PATH#*:} exec cc \"$@\"");

    Lesson lesson =
        play(Surroundings.NONE.with("PATH", tools + ":" + System.getenv("PATH")), "--json");

    assertThat(lesson.exit).as(lesson.out + lesson.err).isEqualTo(1);
    assertThat(lesson.out.lines()).hasSize(1);
    assertThat(lesson.out)
        .contains("\"result\":\"not done\"")
        .contains("\"exercise\":\"04\"", "\"java\":\"done\",\"c\":\"not done\"")
        .contains("the small server in C", "write the digits of a reply in upper case")
        .contains("\"exitCode\":1");
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void shouldLeaveOutWhatThisMachineLacksAToolFor() throws Exception {
    Path nothing = Files.createDirectory(directory.resolve("nothing"));

    Lesson lesson = play(Surroundings.NONE.with("PATH", nothing.toString()));

    assertThat(lesson.exit).as(lesson.out + lesson.err).isZero();
    assertThat(lesson.out)
        .contains("[left out] in C: there is no C compiler here: install one")
        .contains("04  a server for plain messages               done       left out   done");
    assertThat(leftBehind()).isEmpty();
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assumeTrue(file.toFile().setExecutable(true), "no scripts here");
  }
}
