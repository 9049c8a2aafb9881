package io.wwep.conformance.wire;

import io.wwep.protocol.RegisterId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What went over the connections of one case, in the order in which it did, and which registers may
 * have been written. Thread-safe; keeps the first lines and counts the others.
 */
public final class Transcript {

  private static final int LINES_MAX = 40;
  private static final Pattern WRITE = Pattern.compile("W([0-9A-Fa-f]{6})[0-9A-Fa-f]{4}");

  private final List<String> lines = new ArrayList<>();
  private final SortedSet<RegisterId> written = noRegisters();
  private final StringBuilder sent = new StringBuilder();
  private final StringBuilder came = new StringBuilder();
  private int left;
  private boolean late;

  /** Notes something that happened, as in {@code connected to the plain port}. */
  public synchronized void note(String line) {
    if (lines.size() < LINES_MAX) {
      lines.add(line);
    } else {
      left++;
    }
  }

  synchronized void late() {
    late = true;
  }

  /** Whether one of the connections was {@linkplain Wire#isLate late}. */
  public synchronized boolean isLate() {
    return late;
  }

  synchronized void sent(String bytes) {
    note("sent " + Received.show(bytes));
    append(sent, Received.show(bytes));
    Matcher write = WRITE.matcher(bytes);
    while (write.find()) {
      written.add(register(write.group(1)));
    }
  }

  synchronized void came(Received received) {
    note("came " + received);
    append(came, received.toString());
  }

  private static RegisterId register(String digits) {
    return RegisterId.ofAddress(Integer.parseInt(digits, 16));
  }

  private static SortedSet<RegisterId> noRegisters() {
    return new TreeSet<>(Comparator.comparingInt(RegisterId::address));
  }

  private static void append(StringBuilder all, String text) {
    if (all.length() <= LINES_MAX * 2) {
      all.append(all.length() == 0 ? "" : " ").append(text);
    } else if (all.charAt(all.length() - 1) != '…') {
      all.append(" …");
    }
  }

  /** Returns what happened, a line for each event. */
  public synchronized List<String> lines() {
    List<String> all = new ArrayList<>(lines);
    if (left > 0) {
      all.add("… and %,d lines more".formatted(left));
    }
    return all;
  }

  /** Returns all that was sent, in one line that is cut where it gets long. */
  public synchronized String sent() {
    return sent.toString();
  }

  /** Returns all that came, in one line that is cut where it gets long. */
  public synchronized String came() {
    return came.toString();
  }

  /** Returns the registers that were named in complete writes, answered or not. */
  public synchronized SortedSet<RegisterId> written() {
    SortedSet<RegisterId> copy = noRegisters();
    copy.addAll(written);
    return copy;
  }

  /** Returns bytes with a char for each. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
