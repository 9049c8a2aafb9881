package io.wwep.benchmarks;

/** Whose code a frame is; told by a mark behind its name in a folded stack. */
enum Kind {
  JAVA("_[j]", "Java", "#8cc265"),
  KERNEL("_[k]", "kernel", "#f0a35e"),
  JVM("", "JVM and native libraries", "#7fb2e5"),
  THREAD("", "thread", "#cfcfcf");

  final String mark;
  final String words;
  final String color;

  Kind(String mark, String words, String color) {
    this.mark = mark;
    this.words = words;
    this.color = color;
  }

  /** Returns the kind of a frame; a thread is known by where it stands, not by a mark. */
  static Kind of(String frame) {
    return frame.endsWith(JAVA.mark) ? JAVA : frame.endsWith(KERNEL.mark) ? KERNEL : JVM;
  }

  /** Returns the name without the mark. */
  static String nameOf(String frame) {
    String mark = of(frame).mark;
    return frame.substring(0, frame.length() - mark.length());
  }
}
