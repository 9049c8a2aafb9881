package io.wwep.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Samples of stacks, folded: how many of them had the same frames. A folded stack is its frames
 * from the outermost to the innermost with semicolons between, and the thread's name in front.
 */
final class Stacks {

  /** {@code wwep-loop-1-1 4711 [000] 36149.5: 1001001 cpu-clock:}, and what perf adds to it. */
  private static final Pattern PERF_HEAD = Pattern.compile("^(\\S.*?)\\s+\\d+(/\\d+)?\\s+.*:\\s*$");

  /** Address, symbol with its offset, and the file that it is in. */
  private static final Pattern PERF_FRAME =
      Pattern.compile("^\\s+[0-9a-f]+\\s+(.*?)(\\+0x[0-9a-f]+)?\\s+\\(([^()]*|.*\\))\\)\\s*$");

  private static final Pattern COMPILED = Pattern.compile("\\S+ ([^ (]+\\.[^ (]+)\\(.*\\)");

  /** {@code sampledThread = "wwep-loop-1-1" (javaThreadId = 17)} */
  private static final Pattern JFR_THREAD = Pattern.compile("^\\s+sampledThread = \"(.*?)\".*");

  private static final Pattern JFR_FRAME = Pattern.compile("^\\s+([\\w.$/<>+-]+)\\(.*\\).*");

  private final Map<String, Long> counts = new TreeMap<>();
  private final List<String> frames = new ArrayList<>();
  private String thread;

  private Stacks() {}

  /** Folds what {@code perf script} printed. */
  static Map<String, Long> ofPerf(List<String> lines) {
    Stacks stacks = new Stacks();
    lines.forEach(stacks::perfLine);
    stacks.end();
    return stacks.counts;
  }

  private void perfLine(String line) {
    Matcher frame = PERF_FRAME.matcher(line);
    Matcher head = PERF_HEAD.matcher(line);
    if (frame.matches()) {
      frames.add(mark(frame.group(1), frame.group(3)));
    } else if (head.matches()) {
      end();
      thread = head.group(1);
    } else if (line.isBlank()) {
      end();
    }
  }

  /** Tells the kernel's frames and those that the JVM has compiled from the rest. */
  private static String mark(String symbol, String file) {
    if (file.startsWith("[kernel") || file.endsWith(".ko") || file.startsWith("[guest")) {
      return symbol + Kind.KERNEL.mark;
    }
    return file.matches(".*/perf-\\d+\\.map") ? java(symbol) : symbol;
  }

  private static String java(String symbol) {
    // The JVM writes "int a.b.C.d(int)" for a method; anything else is the interpreter, or a stub.
    Matcher method = COMPILED.matcher(symbol);
    return method.matches() ? method.group(1) + Kind.JAVA.mark : symbol;
  }

  /** Folds what {@code jfr print --events jdk.ExecutionSample,jdk.NativeMethodSample} printed. */
  static Map<String, Long> ofJfr(List<String> lines) {
    Stacks stacks = new Stacks();
    lines.forEach(stacks::jfrLine);
    stacks.end();
    return stacks.counts;
  }

  private void jfrLine(String line) {
    Matcher threadLine = JFR_THREAD.matcher(line);
    Matcher frame = JFR_FRAME.matcher(line);
    if (line.startsWith("}")) {
      end();
    } else if (threadLine.matches()) {
      thread = threadLine.group(1);
    } else if (thread != null && frame.matches()) {
      frames.add(frame.group(1) + Kind.JAVA.mark);
    }
  }

  /** Samples list the innermost frame first. */
  private void end() {
    if (thread != null && !frames.isEmpty()) {
      Collections.reverse(frames);
      String stack = thread + ";" + String.join(";", frames).replace("\n", "");
      counts.merge(stack, 1L, Long::sum);
    }
    frames.clear();
    thread = null;
  }
}
