package io.wwep.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A class as a table for other programs: CSV, or Markdown. */
final class ClassExport {

  private static final List<String> COLUMNS =
      List.of(
          "device",
          "name",
          "address",
          "seen",
          "stuck",
          "01",
          "02",
          "03",
          "04",
          "05",
          "06",
          "07",
          "done",
          "verifies",
          "next",
          "diagnosis");

  private ClassExport() {}

  /** Returns lines of CSV (RFC 4180), in which a spreadsheet finds no formula. */
  static List<String> csv(List<ClassDevice> devices) {
    StringWriter text = new StringWriter();
    CsvWriter csv = CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.LF).build(text);
    csv.writeRecord(COLUMNS);
    devices.forEach(
        each -> csv.writeRecord(row(each).stream().map(ClassExport::withoutFormula).toList()));
    return text.toString().lines().toList();
  }

  /** Names and sentences come from strangers; a spreadsheet runs what begins like this. */
  private static String withoutFormula(String cell) {
    return cell.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + cell : cell;
  }

  private static List<String> row(ClassDevice device) {
    List<String> row = new ArrayList<>();
    row.add(device.device());
    row.add(orEmpty(device.name()));
    row.add(orEmpty(device.address()));
    row.add(orEmpty(device.seen()));
    row.add(device.why() == null ? "no" : "yes");
    device.exercises().values().forEach(each -> row.add(words(each)));
    row.add(String.valueOf(device.done()));
    row.add(device.verifies() == null ? "unknown" : device.verifiesWords());
    row.add(String.join(" ", device.sentences()));
    row.add(device.diagnosis() == null ? "" : device.diagnosis().sentence());
    return row;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static String words(String state) {
    return state.equals("goingOn") ? "going on" : state;
  }

  /** Returns a table of Markdown, with what to do next in the last column. */
  static List<String> markdown(List<ClassDevice> devices) {
    List<String> lines = new ArrayList<>();
    lines.add("| device | name | 01 | 02 | 03 | 04 | 05 | 06 | 07 | verifies | next |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|---|");
    for (ClassDevice each : devices) {
      String exercises =
          each.exercises().values().stream()
              .map(ClassExport::words)
              .collect(Collectors.joining(" | "));
      lines.add(
          "| %s | %s | %s | %s | %s |"
              .formatted(
                  each.device(),
                  escaped(orEmpty(each.name())),
                  exercises,
                  each.verifies() == null ? "unknown" : each.verifiesWords(),
                  escaped(
                      (each.why() == null ? "" : "stuck: ") + String.join(" ", each.sentences()))));
    }
    return lines;
  }

  /** Nothing in a cell ends it, is a link, a picture or HTML. */
  private static String escaped(String text) {
    return text.replaceAll("[\\\\`*_{}\\[\\]<>()#|!~&]", "\\\\$0").replaceAll("[\\r\\n]+", " ");
  }
}
