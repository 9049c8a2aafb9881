package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LessonMitmTest {

  @Test
  void shouldShowWhatAManInTheMiddleCanAndCannotDo() {
    Run run = Run.of("lesson", "mitm");
    assertThat(run.out())
        .contains(
            "plain TCP                    yes              yes      no",
            "TLS, verifies nothing        yes              yes      no",
            "TLS, a root certificate      no               no       yes",
            "TLS, a pinned certificate    no               no       yes",
            "All of it went as the lesson says.")
        .doesNotContain("[NOT SO]");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void shouldExplainItself() {
    assertThat(Run.of("lesson").err()).contains("mitm");
    Run.of("lesson", "mitn").failsWith(ExitCode.USAGE, "did you mean 'mitm'?");
  }
}
