package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script in a real bash. */
@Timeout(60)
class CompletionTest {

  @TempDir private Path directory;
  private Path script;

  @BeforeEach
  void write() throws Exception {
    assumeTrue(bash("exit 0").exitCode() == 0, "bash is not installed");
    script = directory.resolve("completion.bash");
    Files.writeString(script, Run.of("completion", "bash").out());
  }

  private Run bash(String commands) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("bash", "--norc", "-c", commands).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return new Run(process.exitValue(), out, "");
    } catch (IOException missing) {
      return new Run(127, "", "");
    }
  }

  /** Returns what Tab offers behind these words, the last of which is being typed. */
  private List<String> complete(String words) throws InterruptedException {
    Run run =
        bash(
            """
            source '%s'
            COMP_WORDS=(%s)
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            COMP_LINE="${COMP_WORDS[*]}"
            registered=$(complete -p wwep | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
            $registered wwep "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            printf '%%s\\n' "${COMPREPLY[@]}"
            """
                .formatted(script, words));
    return run.out().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  @Test
  void shouldBeValidBash() throws Exception {
    Run check = bash("bash -n '" + script + "'");
    assertThat(check.out()).isEmpty();
    assertThat(check.exitCode()).isZero();
  }

  @Test
  void shouldRegisterForTheCommand() throws Exception {
    assertThat(bash("source '" + script + "'; complete -p wwep").out()).contains("_complete_wwep");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "wwep se, serve",
        "wwep ser, serve",
        "wwep comp, completion",
        "wwep serve --tls, --tls-port",
        "wwep serve --fsync ev, everysec",
        "wwep serve --log j, json",
        "wwep serve --log = j, json",
        "wwep serve --no-tls --log =, json",
        "wwep serve --log = text --fsync ev, everysec",
        "wwep read --js, --json",
        "wwep read --ce, --cert",
        "wwep bench --ke, --key",
        "wwep board --ce, --cert",
        "wwep hist, history",
        "wwep history --be, --before",
        "wwep wat, watch",
        "wwep watch --x, --x-only",
        "wwep watch --door pl, plain",
        "wwep watch --code too, too-long",
        "wwep completion ba, bash",
        "wwep completion '', zsh",
        "wwep help se, serve"
      })
  void shouldComplete(String words, String completion) throws Exception {
    assertThat(complete(words)).contains(completion);
  }

  @Test
  void shouldOfferEveryCommandToBeExplained() throws Exception {
    assertThat(complete("wwep help ''")).containsAll(complete("wwep ''"));
  }
}
