package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One command run within this process, and what it printed. */
record Run(int exitCode, String out, String err) {

  static Run of(String... args) {
    return typing("", args);
  }

  /** Runs a command with this text on its standard input. */
  static Run typing(String input, String... args) {
    return on(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), true, args);
  }

  /** Runs a command on a console that knows ASCII only. */
  static Run ascii(String... args) {
    return on(InputStream.nullInputStream(), false, args);
  }

  private static Run on(InputStream in, boolean unicode, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(in, print(out, unicode), print(err, unicode), false, false, unicode);
    int exitCode = Cli.run(console, args);
    return new Run(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream print(ByteArrayOutputStream bytes, boolean unicode) {
    return new PrintStream(
        bytes, false, unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII);
  }

  List<String> lines() {
    return out.lines().toList();
  }

  /** Asserts that the only thing said is one sentence on standard error. */
  Run failsWith(int code, String... parts) {
    assertThat(err).startsWith("wwep: ").doesNotContain("Exception").doesNotContain("at io.");
    assertThat(err.lines()).hasSize(1);
    assertThat(err).contains(parts);
    assertThat(exitCode).isEqualTo(code);
    return this;
  }
}
