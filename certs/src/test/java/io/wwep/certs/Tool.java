package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Another implementation's command line: it judges our files, and makes files for us to read. */
public final class Tool {

  private static final long WAIT_SECONDS = 60;

  private final String program;
  private final Path directory;

  private Tool(String program, Path directory) {
    this.program = program;
    this.directory = directory;
  }

  public static Tool openssl(Path directory) {
    return new Tool("openssl", directory).assumeInstalled("version");
  }

  public static Tool certtool(Path directory) {
    return new Tool("certtool", directory).assumeInstalled("--version");
  }

  public static Tool keytool(Path directory) {
    Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
    return new Tool(program.toString(), directory).assumeInstalled("-help");
  }

  private Tool assumeInstalled(String probe) {
    Assumptions.assumeTrue(exitCode(probe) == 0, program + " is not installed");
    return this;
  }

  private int exitCode(String... arguments) {
    try {
      return start(arguments).waitFor();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process start(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = program;
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Path output = directory.resolve("tool-output.txt");
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(emptyInput()))
        .redirectOutput(output.toFile())
        .start();
  }

  private File emptyInput() throws IOException {
    Path empty = directory.resolve("tool-input.txt");
    return Files.writeString(empty, "").toFile();
  }

  /** Returns what the program prints; fails unless it succeeds in a minute. */
  public String run(String... arguments) throws Exception {
    Process process = start(arguments);
    assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    String output =
        Files.readString(directory.resolve("tool-output.txt"), StandardCharsets.ISO_8859_1);
    assertThat(process.exitValue()).as("%s: %s", String.join(" ", arguments), output).isZero();
    return output;
  }
}
