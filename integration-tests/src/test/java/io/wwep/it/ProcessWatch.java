package io.wwep.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process takes of the machine, told by the kernel and by the process's own JVM. Needs
 * {@code /proc}; a test without it is skipped.
 */
public final class ProcessWatch {

  /** Writing it to {@code clear_refs} makes the peak start over: proc(5). */
  private static final String RESET_PEAK = "5";

  private static final Pattern RSS = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
  private static final Pattern PEAK_RSS = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB");
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

  private final long pid;
  private final Path proc;

  /**
   * What a process holds at a moment.
   *
   * @param descriptors files and sockets that are open
   * @param heapBytes objects in use, right after a full collection
   * @param rssBytes memory
   */
  public record Vitals(int descriptors, long heapBytes, long rssBytes) {}

  /** Watches the process with this number. */
  public ProcessWatch(long pid) {
    this.pid = pid;
    proc = Path.of("/proc", Long.toString(pid));
  }

  /** Whether this system tells what is asked here. */
  public static boolean isSupported() {
    return Files.isReadable(Path.of("/proc/self/status")) && Files.isExecutable(JCMD);
  }

  /** Returns what the process holds, after a full collection. */
  public Vitals vitals() throws Exception {
    long heapBytes = collectAndMeasureHeap();
    return new Vitals(descriptors(), heapBytes, rssBytes());
  }

  /** Returns how many files and sockets are open. */
  public int descriptors() throws IOException {
    try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
      return Math.toIntExact(open.count());
    }
  }

  /** Returns the memory that is in use. */
  public long rssBytes() throws IOException {
    return kibibytes(RSS);
  }

  /** Returns the most memory that was in use since {@link #resetPeak}. */
  public long peakRssBytes() throws IOException {
    return kibibytes(PEAK_RSS);
  }

  /** Lets the peak start over with what is in use now. */
  public void resetPeak() throws IOException {
    Files.writeString(proc.resolve("clear_refs"), RESET_PEAK);
  }

  /**
   * Collects all garbage, and returns the bytes of the objects that are left. Twice, since what
   * belongs to something that has gone, as a buffer to its owner, goes with the next collection.
   */
  public long collectAndMeasureHeap() throws Exception {
    String[] command = {JCMD.toString(), Long.toString(pid), "GC.class_histogram"};
    Tool.of(command).run("");
    return number(TOTAL, Tool.of(command).run("").out());
  }

  private long kibibytes(Pattern line) throws IOException {
    return number(line, Files.readString(proc.resolve("status"))) * 1024;
  }

  private static long number(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> Long.parseLong(match.group(1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + pattern + " in: " + text));
  }
}
