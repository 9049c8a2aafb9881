package io.wwep.cli;

import io.wwep.protocol.RegisterId;
import io.wwep.store.sqlite.HistoryEntry;
import io.wwep.store.sqlite.Import;
import io.wwep.store.sqlite.RegisterEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep import}: takes registers or a history from text. */
@Command(
    name = "import",
    header = "Take registers or a history from CSV or JSON Lines. The server must be stopped.",
    description = {
      "  wwep import history.jsonl --data new-data    a history, into a directory without one",
      "  wwep import registers.csv                    registers: a write now for each",
      "  sqlite3 -csv -header old.db 'select ...' | wwep import - --format csv"
    })
final class ImportCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "What to read; - for standard input.")
  Path file;

  @Option(
      names = "--what",
      paramLabel = "ROWS",
      converter = Words.OfRowKind.class,
      completionCandidates = Words.OfRowKind.class,
      description = "What FILE has: registers or history (history if there is a seq).")
  RowKind kind;

  @Mixin FormatOption format;
  @Mixin DataOption data;
  @Mixin HelpOption help;

  private long count;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    boolean piped = FilePath.isDash(file);
    RowFormat chosen = RowFormat.of(format.given, piped ? null : file);
    if (Files.isDirectory(file)) {
      throw new CliException("%s is a directory: give a file in it".formatted(file));
    }
    try (InputStream stream = piped ? console.in() : Files.newInputStream(file)) {
      RowReader rows = RowReader.of(stream, chosen, kind);
      Import.Imported imported =
          rows.kind() == RowKind.REGISTERS
              ? Import.registers(data.directory, sink -> giveRegisters(rows, sink))
              : Import.history(data.directory, sink -> giveHistory(rows, sink));
      tell(rows.kind(), imported);
      return ExitCode.OK;
    } catch (NoSuchFileException e) {
      throw new CliException("there is no file %s: look for its name".formatted(file), e);
    } catch (IOException e) {
      throw new CliException(
          "%s cannot be read (%s): give this user read permission, or another file"
              .formatted(
                  file, e instanceof AccessDeniedException ? "permission denied" : e.getMessage()),
          e);
    }
  }

  private void giveRegisters(RowReader rows, Import.Sink<RegisterEntry> sink) {
    long[][] lines = new long[RegisterId.DEVICE_MAX + 1][];
    for (Row row = rows.next(); row != null; row = rows.next()) {
      RegisterEntry entry = row.register();
      int device = entry.address() >> 8;
      int register = entry.address() & RegisterId.REGISTER_MAX;
      if (lines[device] == null) {
        lines[device] = new long[RegisterId.REGISTER_MAX + 1];
      }
      if (lines[device][register] != 0) {
        throw RowReader.wrong(
            row.line(),
            "register %02X of device %04X is in line %d already: leave one of them out"
                .formatted(register, device, lines[device][register]));
      }
      lines[device][register] = row.line();
      sink.take(entry);
      count++;
    }
  }

  private void giveHistory(RowReader rows, Import.Sink<HistoryEntry> sink) {
    long before = 0;
    for (Row row = rows.next(); row != null; row = rows.next()) {
      HistoryEntry entry = row.write();
      if (entry.number() <= before) {
        throw RowReader.wrong(
            row.line(),
            "seq is %d after %d: sort the rows by seq".formatted(entry.number(), before));
      }
      before = entry.number();
      sink.take(entry);
      count++;
    }
  }

  private void tell(RowKind imported, Import.Imported done) {
    console.print(
        count == 0
            ? "there were no rows"
            : "%s imported, as %s"
                .formatted(imported.counted(count), writes(done.firstNumber(), done.lastNumber())));
    if (done.renumberedFrom() > 0) {
      console.print(
          "some were missing between them: from %d on they have other numbers than in the file"
              .formatted(done.renumberedFrom()));
    }
    console.print("%s is ready: start the server".formatted(data.directory));
  }

  private static String writes(long first, long last) {
    return first == last ? "write " + first : "writes %d to %d".formatted(first, last);
  }
}
