package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tool of the system, on the other side of a test. */
record Tool(String name) {

  /** Returns the tool; where it is not installed, the test is skipped and says so. */
  static Tool assumeInstalled(String name) {
    boolean installed;
    try {
      Process process = new ProcessBuilder(name, "version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      process.getInputStream().readAllBytes();
      installed = process.waitFor(10, TimeUnit.SECONDS);
    } catch (IOException | InterruptedException e) {
      installed = false;
    }
    assumeTrue(installed, name + " is not installed");
    return new Tool(name);
  }

  /** Runs it to its end and returns what it printed. */
  String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
