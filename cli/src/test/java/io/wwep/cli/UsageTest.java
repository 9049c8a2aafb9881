package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "read",
        "write",
        "dump",
        "history",
        "watch",
        "check",
        "backup",
        "restore",
        "export",
        "import",
        "cert",
        "send",
        "board",
        "completion",
        "help"
      })
  void shouldExplainEachCommandWithExamplesFirst(String command) {
    Run help = Run.of("help", command);
    assertThat(help.exitCode()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("Usage: wwep " + command);
    assertThat(help.out().indexOf("Examples:"))
        .isPositive()
        .isLessThan(help.out().indexOf("Usage:"));
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(Run.of(command, "--help").out()).isEqualTo(help.out());
  }

  /** A terminal of 80 columns would break words, as it does not know where they end. */
  @ParameterizedTest
  @ValueSource(strings = {"", "serve", "cert new", "cert convert", "tap"})
  void shouldLayHelpOutForTheTerminal(String command) {
    String[] args = ("help " + command).strip().split(" ");
    Run narrow = Run.atTerminal("", args);
    assertThat(narrow.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(narrow.out().replaceAll("\\s+", ""))
        .as("nothing is left out")
        .isEqualTo(Run.of(args).out().replaceAll("\\s+", ""));
  }

  @Test
  void shouldListTheCommandsAndExitCodes() {
    Run help = Run.of("help");
    assertThat(help.out())
        .contains("serve", "read", "write", "dump", "history", "send", "board", "completion")
        .contains(" 4  TLS: the server is not trusted", "74  the output cannot be written");
    assertThat(Run.of("--help").out()).isEqualTo(help.out());
    Run nothing = Run.of();
    assertThat(nothing.err()).isEqualTo(help.out());
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldNameEveryDefaultInTheHelpOfServe() {
    assertThat(Run.of("help", "serve").out())
        .contains("(27708)", "(40508)", "(./wwep-data)", "(sqlite:)", "(always)", "(150ms)")
        .contains(
            "(250ms)", "(5m)", "(10s)", "(30s)", "(10000)", "(5000)", "(500)", "(0)", "(none)",
            "(auto)", "(text)");
  }

  @Test
  void shouldTellItsVersion() {
    Run run = Run.of("--version");
    assertThat(run.lines().get(0)).matches("wwep \\d+\\.\\d+\\.\\d+.*");
    assertThat(run.out()).contains("Java " + System.getProperty("java.version"));
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "sevre | there is no command 'sevre', did you mean 'serve'? Try 'wwep help'",
        "blah | there is no command 'blah': try 'wwep help'",
        "--verison | there is no option '--verison', did you mean '--version'?",
        "help sevre | there is no command 'sevre', did you mean 'serve'?",
        "serve --tlsport 5 | there is no option '--tlsport', did you mean '--tls-port'?",
        "serve --timeout 5 | there is no option '--timeout': try 'wwep help serve'",
        "serve --cofnig=x | there is no option '--cofnig=x', did you mean '--config'?",
        "read 1 1 --jsn | there is no option '--jsn', did you mean '--json'?",
        "read 1 1 1 | '1' is one argument too many: try 'wwep help read'",
        "board --mac 12 | a MAC address must be six octets",
        "completion fish | SHELL takes bash or zsh, not 'fish'",
        "send | BYTES is missing: try 'wwep help send'",
        "cert verify x.pem | --ca FILE is missing: try 'wwep help cert verify'",
        "cert verify x.pem --ca | --ca needs a value: try 'wwep help cert verify'",
        "cert verify | --ca FILE and SERVER are missing: try 'wwep help cert verify'",
        "cert embed ca.pem | --as is missing, which takes c, header, ",
        "cert embed ca.pem --as | --as needs a value: try 'wwep help cert embed'",
        "send -x | there is no option '-x', and bytes that begin with a hyphen need -- in front, as in 'wwep send -- -x': try 'wwep help send'",
        "send -x R0FAC0B | there is no option '-x', and bytes that begin",
        "send --jsn W0FAC0B1234 | there is no option '--jsn', did you mean '--json'? Try 'wwep help send'",
        "read --jsn | there is no option '--jsn', did you mean '--json'?",
        "history | DEVICE is missing: try 'wwep help history'",
        "history 0FAC 0B 1 | '1' is one argument too many: try 'wwep help history'",
        "history 0FAC 0B --limit 0 | --limit takes a number from 1 to 10000, not '0'",
        "history 0FAC 0B --limit 10001 | --limit takes a number from 1 to 10000, not '10001'",
        "history 0FAC 0B --before 0 | --before takes the number of a write, from 1 to 999999999999999",
        "history 0FAC 0B --before 1x | --before takes the number of a write, from 1 to 999999999999999",
        "history 0FAC 100 | REGISTER takes 1 to 2 hex digits",
        "write -1 0B 1 | DEVICE takes 1 to 4 hex digits"
      })
  void shouldSayInOneSentenceWhatIsWrong(String args, String sentence) {
    Run run = Run.of(args.split(" "));
    run.failsWith(ExitCode.USAGE, sentence);
    assertThat(run.out()).isEmpty();
  }
}
