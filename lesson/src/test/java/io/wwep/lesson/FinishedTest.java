package io.wwep.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FinishedTest {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static Finished run(Duration patience, String... command) {
    return Finished.of(List.of(command), null, "", patience);
  }

  @Test
  void shouldTellWhatAProgramPrintedAndItsExitCode() {
    Finished run = run(Duration.ofSeconds(50), JAVA, "-version");

    assertThat(run.exit()).isZero();
    assertThat(run.firstLine()).contains("version");
  }

  @Test
  void shouldTellThatThereIsNoSuchProgram() {
    assertThat(run(Duration.ofSeconds(50), "no-such-program").exit())
        .isEqualTo(Finished.NOT_STARTED);
  }

  @Test
  void shouldGiveUpAProgramThatDoesNotEnd() {
    Finished run = run(Duration.ofMillis(1), JAVA, "-version");

    assertThat(run.exit()).isEqualTo(Finished.TOO_LATE);
    assertThat(run.firstLine()).contains("did not end");
  }
}
