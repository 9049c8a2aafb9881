package io.wwep.cli;

import io.wwep.store.StoreException;
import io.wwep.store.sqlite.AddressRange;
import io.wwep.store.sqlite.HistoryEntry;
import io.wwep.store.sqlite.HistoryOrder;
import io.wwep.store.sqlite.HistoryReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep history}: prints who wrote a register when, from the file of a server. */
@Command(
    name = "history",
    header = "Print who wrote a register when, newest first, or draw it.",
    description = {
      "  wwep history 0FAC 0B",
      "  wwep history 0FAC                       all registers of the device",
      "  wwep history 0FAC 0B --since 2h         and --until 14:05, or a day and a time; UTC",
      "  wwep history 0FAC 0B --since 7d --plot  draw its course",
      "  wwep history 0FAC 0B --limit 10000 --csv > writes.csv",
      "  wwep history 0FAC 0B --limit 1000 --before 40210",
      "  wwep history 0FAC 0B --data /var/lib/wwep --json"
    })
final class HistoryCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "DEVICE",
      converter = HexNumbers.Device.class,
      description = "The device ID, in hex.")
  int device;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "REGISTER",
      converter = HexNumbers.Register.class,
      description = "The register's number, in hex (all of the device).")
  Integer register;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      converter = FilePath.class,
      description = {
        "The data directory of a server on this machine,",
        "which may run meanwhile (./wwep-data)."
      })
  Path data = Path.of("wwep-data");

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = PastMoment.class,
      description = {
        "Only writes from then on: an age as in 30m, 2h or 7d,",
        "or a time in UTC as in 14:05 or 2026-12-24T18:00:00."
      })
  Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = PastMoment.class,
      description = "Only writes up to then.")
  Instant until;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Numbers.Entries.class,
      description = "How many writes to print at most, 1 to 10000 (50).")
  int limit = 50;

  @Option(
      names = "--before",
      paramLabel = "NUMBER",
      converter = WriteNumber.class,
      description = "Only writes with smaller numbers, to go on after a page.")
  long before = Long.MAX_VALUE;

  @Option(names = "--json", description = "Print one JSON object, also for failures.")
  boolean json;

  @Option(
      names = "--csv",
      description = "Print comma-separated values, with the columns of 'wwep export'.")
  boolean csv;

  @Option(names = "--plot", description = "Draw all writes to the register in the time given.")
  boolean plot;

  @Mixin HelpOption help;

  HistoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    requireSense();
    try (HistoryReader reader = HistoryReader.openIn(data)) {
      if (plot) {
        return plot(reader);
      }
      long after = since == null ? 0 : reader.numberAt(since.toEpochMilli() - 1);
      long end =
          until == null ? before : Math.min(before, reader.numberAt(until.toEpochMilli()) + 1);
      List<HistoryEntry> entries =
          reader.writes(registers(), after, end, limit, HistoryOrder.NEWEST_FIRST);
      return entries.isEmpty() ? nothing() : print(entries);
    } catch (StoreException e) {
      return fail(
          new Json().put("result", "none").put("error", "store"),
          e.getMessage(),
          Faults.exitCode(e));
    }
  }

  private void requireSense() {
    if ((json ? 1 : 0) + (csv ? 1 : 0) + (plot ? 1 : 0) > 1) {
      throw new CliException("--json, --csv and --plot exclude each other: give one of them");
    }
    if (plot && register == null) {
      throw new CliException(
          "a plot is of one register: name it too, as in '%s history %04X 0B --plot'"
              .formatted(CommandName.TEXT, device));
    }
    if (since != null && until != null && !since.isBefore(until)) {
      throw new CliException("--since must be earlier than --until: exchange them");
    }
  }

  private AddressRange registers() {
    return register == null
        ? AddressRange.ofDevice(device)
        : AddressRange.of(device << Byte.SIZE | register);
  }

  private int plot(HistoryReader reader) {
    PlottedSpan span = PlottedSpan.of(reader, registers(), since, until);
    int width = TerminalSize.width(console);
    HistoryPlot drawn = span == null ? null : span.plot(reader, width, console.unicode());
    if (drawn == null) {
      return nothing();
    }
    console.print("register %02X of device %04X, times in UTC".formatted(register, device));
    drawn.lines(new Style(console.color())).forEach(console.out()::println);
    return ExitCode.OK;
  }

  private int print(List<HistoryEntry> entries) {
    long last = entries.get(entries.size() - 1).number();
    String more = entries.size() == limit ? "older ones: add --before " + last + " to this" : null;
    if (json) {
      Json all = object().put("entries", HistoryLines.json(entries));
      console.print(all.put("exitCode", ExitCode.OK).toString());
    } else if (csv) {
      writeCsv(entries);
      if (more != null) {
        console.note(more);
      }
    } else {
      HistoryLines.text(entries).forEach(console::print);
      if (more != null) {
        console.print(more);
      }
    }
    return ExitCode.OK;
  }

  private void writeCsv(List<HistoryEntry> entries) {
    try {
      RowWriter rows = RowWriter.to(console.out(), RowFormat.CSV, RowKind.HISTORY);
      entries.forEach(entry -> rows.write(RowKind.fields(entry)));
      rows.flush();
    } catch (IOException e) {
      // What was lost is told by the console at the end.
    }
  }

  /** As for a read of a register that nobody wrote. */
  private int nothing() {
    String what =
        register == null
            ? "device %04X".formatted(device)
            : "register %02X of device %04X".formatted(register, device);
    String reason =
        since != null || until != null
            ? "the history in %s has no write to %s in that time: give other times, or leave --since and --until out"
                .formatted(data, what)
            : before == Long.MAX_VALUE
                ? "the history in %s has no write to %s: look whether the server has another --data directory, or keeps its history longer with --history"
                    .formatted(data, what)
                : "the history in %s has no write to %s before number %d: leave --before out to see the newest"
                    .formatted(data, what, before);
    return fail(object().put("entries", List.of()), reason, ExitCode.REJECTED);
  }

  /** Begins the object that tells what was asked for. */
  private Json object() {
    return new Json()
        .put("device", "%04X".formatted(device))
        .putIfPresent("register", register == null ? null : "%02X".formatted(register));
  }

  private int fail(Json object, String reason, int exitCode) {
    return console.fail(json ? object : null, reason, exitCode);
  }
}
