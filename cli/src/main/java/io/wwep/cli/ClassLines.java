package io.wwep.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A class as lines for a teacher, those that are stuck first. */
final class ClassLines {

  private static final String INDENT = " ".repeat(7);
  private static final int NAME_MIN = 4;
  private static final Map<String, String> MARKS =
      Map.of("open", "-", "goingOn", "..", "done", "ok");

  private final Style style;
  private final Instant now;
  private final int nameWidth;

  private ClassLines(Style style, Instant now, List<ClassDevice> devices) {
    this.style = style;
    this.now = now;
    nameWidth =
        devices.stream()
            .mapToInt(each -> each.name() == null ? 0 : each.name().length())
            .max()
            .stream()
            .map(longest -> Math.max(NAME_MIN, longest))
            .findFirst()
            .orElse(NAME_MIN);
  }

  /** Returns the lines; they may be longer than a terminal is wide. */
  static List<String> of(Map<String, Object> all, Style style) {
    List<ClassDevice> devices = ClassClient.devices(all);
    Instant now = Instant.parse((String) all.get("time"));
    ClassLines made = new ClassLines(style, now, devices);
    List<String> lines = new ArrayList<>();
    if (devices.isEmpty()) {
      lines.add(
          "no device has come yet: it is listed with its first legal message, and can be named before with 'wwep class name'");
    } else {
      lines.add(style.strong(made.row("", "device", "name", null, "verifies")));
      devices.forEach(each -> made.add(each, lines));
      lines.add(summary(devices));
    }
    if (Boolean.TRUE.equals(all.get("sampled"))) {
      lines.add(
          "there was too much traffic to see each message, so some of it may be missing here");
    }
    if (all.get("trouble") instanceof String trouble) {
      lines.add(style.warning("note") + " " + trouble);
    }
    return lines;
  }

  private static String summary(List<ClassDevice> devices) {
    long stuck = devices.stream().filter(each -> each.why() != null).count();
    return "%d device%s, %d stuck; ok: done, ..: going on, -: open"
        .formatted(devices.size(), devices.size() == 1 ? "" : "s", stuck);
  }

  private void add(ClassDevice device, List<String> lines) {
    boolean stuck = device.why() != null;
    String name = device.name() == null ? "" : device.name();
    String row = row(stuck ? "stuck" : "", device.device(), name, device, device.verifiesWords());
    lines.add(stuck ? row.replaceFirst("stuck", style.warning("stuck")) : row);
    device.sentences().stream().limit(2).forEach(each -> lines.add(INDENT + style.faint(each)));
    if (device.probing() != null) {
      lines.add(INDENT + style.faint("a probe waits for it at " + device.probing()));
    }
    if (!stuck && device.diagnosis() != null && device.done() < device.exercises().size()) {
      lines.add(
          INDENT
              + style.faint(
                  "last diagnosis, %s ago: %s"
                      .formatted(age(device.diagnosis().time()), device.diagnosis().sentence())));
    }
  }

  private String age(String time) {
    Duration age = Duration.between(Instant.parse(time), now);
    return age.toHours() > 0
        ? age.toHours() + " h"
        : age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
  }

  /**
   * @param device null for the head
   */
  private String row(String stuck, String id, String name, ClassDevice device, String verifies) {
    StringBuilder row = new StringBuilder("%-5s  %-6s  ".formatted(stuck, id));
    row.append(name).append(" ".repeat(Math.max(0, nameWidth - name.length())));
    for (int number = 1; number <= 7; number++) {
      String exercise = "%02d".formatted(number);
      row.append("  ")
          .append(
              "%-2s"
                  .formatted(
                      device == null
                          ? exercise
                          : MARKS.getOrDefault(device.exercises().get(exercise), "?")));
    }
    return row.append("  ").append(verifies).toString().stripTrailing();
  }
}
