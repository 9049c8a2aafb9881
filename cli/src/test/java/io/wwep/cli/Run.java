package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  /** Runs a command with somebody at a terminal who types this. */
  static Run atTerminal(String input, String... args) {
    InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return on(in, new ByteArrayOutputStream(), true, true, args);
  }

  /** Runs a command on a console that knows ASCII only. */
  static Run ascii(String... args) {
    return on(InputStream.nullInputStream(), false, args);
  }

  /** Runs a command whose results cannot be written, for this reason. */
  static Run unwritable(String reason, String... args) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(reason);
          }
        };
    InputStream in = new ByteArrayInputStream("0q".getBytes(StandardCharsets.UTF_8));
    return on(in, full, false, true, args);
  }

  private static Run on(InputStream in, boolean unicode, String... args) {
    return on(in, new ByteArrayOutputStream(), false, unicode, args);
  }

  private static Run on(
      InputStream in, OutputStream out, boolean terminal, boolean unicode, String... args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(in, print(out, unicode), print(err, unicode), terminal, false, unicode);
    int exitCode = Cli.run(console, args);
    String printed =
        out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
    return new Run(exitCode, printed, err.toString(StandardCharsets.UTF_8));
  }

  private static Output print(OutputStream bytes, boolean unicode) {
    return new Output(
        bytes, unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII, () -> false);
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
