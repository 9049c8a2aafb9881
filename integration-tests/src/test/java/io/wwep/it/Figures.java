package io.wwep.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What a proof counted and measured, for docs/reliability.md: one line each, {@code name, value,
 * date}, separated by tabs, in {@code target/figures.tsv} or the file of {@code -Dwwep.figures}.
 * Names are those in the report's template, as in {@code crash.rounds}.
 */
public final class Figures {

  private static final Path FILE =
      Path.of(System.getProperty("wwep.figures", "target/figures.tsv")).toAbsolutePath();

  private Figures() {}

  /** Notes a number as it is to be printed. */
  public static synchronized void note(String name, String value) {
    String line = "%s\t%s\t%s%n".formatted(name, value, LocalDate.now(ZoneId.systemDefault()));
    System.out.print("figure: " + line);
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Notes a count, with a comma at each thousand. */
  public static void note(String name, long count) {
    note(name, "%,d".formatted(count));
  }
}
