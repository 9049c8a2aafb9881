package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LessonExercisesCommandTest {

  @Test
  void shouldWaitForEnterOnATerminalOnly() {
    Run.of("lesson", "exercises", "--step").failsWith(ExitCode.USAGE, "--step waits for Enter");
    Run json = Run.of("lesson", "exercises", "--step", "--json");
    assertThat(json.out()).contains("\"error\":\"usage\"", "\"exitCode\":2");
  }

  @Test
  void shouldBeAmongTheLessons() {
    assertThat(Run.of("help", "lesson").out()).contains("exercises", "mitm");
  }
}
