package io.wwep.benchmarks;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Turns a profiler's samples into a flame graph. */
final class Profile {

  private Profile() {}

  /**
   * Arguments: {@code perf} or {@code jfr}, what the profiler printed, the picture to write, and
   * its title.
   */
  public static void main(String[] args) {
    try {
      write(args[0], Path.of(args[1]), Path.of(args[2]), args[3]);
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("profile: " + e.getMessage());
      System.exit(2);
    }
  }

  static void write(String profiler, Path samples, Path picture, String title) throws IOException {
    // Symbols come from anywhere; a byte that is no UTF-8 must not cost the picture.
    Charset anyBytes = StandardCharsets.ISO_8859_1;
    List<String> lines = Files.readAllLines(samples, anyBytes);
    Map<String, Long> stacks = profiler.equals("jfr") ? Stacks.ofJfr(lines) : Stacks.ofPerf(lines);
    Files.writeString(picture, FlameGraph.draw(title, stacks));
  }
}
