package io.wwep.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files and sockets the operating system lets this process have open. A server that runs
 * out of them can neither accept a connection nor say why, so it takes fewer from the start.
 */
public final class Descriptors {

  /** Stands for no bound, or one that nobody tells. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /**
   * What a process needs besides its connections: listening sockets, event loops, database, JVM.
   */
  public static final int RESERVED = 64;

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Pattern LIMIT_LINE = Pattern.compile("Max open files +(\\d{1,9})\\b");

  private Descriptors() {}

  /** Returns the bound; {@link #UNBOUNDED} where there is none or it is unknown. */
  public static int max() {
    try {
      return max(Files.readAllLines(LIMITS));
    } catch (IOException | RuntimeException notLinux) {
      return maxByPlatform();
    }
  }

  /** Linux; asking the platform's bean takes a tenth of the whole start. */
  static int max(List<String> limits) {
    return limits.stream()
        .map(LIMIT_LINE::matcher)
        .filter(Matcher::lookingAt)
        .map(line -> Integer.parseInt(line.group(1)))
        .findFirst()
        .orElse(UNBOUNDED);
  }

  private static int maxByPlatform() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? (int) Math.min(UNBOUNDED, unix.getMaxFileDescriptorCount())
        : UNBOUNDED;
  }
}
