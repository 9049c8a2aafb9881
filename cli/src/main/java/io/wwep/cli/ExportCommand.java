package io.wwep.cli;

import io.wwep.store.sqlite.Export;
import io.wwep.store.sqlite.NewFile;
import io.wwep.store.sqlite.Salvage;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep export}: writes registers or the history as text. */
@Command(
    name = "export",
    header = "Write registers or the history as CSV or JSON Lines, also while a server runs.",
    description = {
      "  wwep export registers.csv",
      "  wwep export --what history history.jsonl --data /var/lib/wwep",
      "  wwep export --format csv | column -s, -t",
      "  wwep export --salvage registers.csv     what can be read of damaged data"
    })
final class ExportCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Where to write (-, standard output).")
  Path file;

  @Option(
      names = "--what",
      paramLabel = "ROWS",
      converter = Words.OfRowKind.class,
      completionCandidates = Words.OfRowKind.class,
      description = "registers, as they are now, or history, each write (registers).")
  RowKind kind = RowKind.REGISTERS;

  @Mixin FormatOption format;
  @Mixin DataOption data;

  @Option(names = "--force", description = "Replace FILE if it is there.")
  boolean force;

  @Option(
      names = "--salvage",
      description = {
        "Write what can be read of damaged data, and say what is left out;",
        "the server must be stopped."
      })
  boolean salvage;

  @Mixin HelpOption help;

  private long count;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (file != null && FilePath.isDash(file)) {
      file = null;
    }
    RowFormat chosen =
        file == null && format.given == null ? RowFormat.CSV : RowFormat.of(format.given, file);
    List<String> leftOut = salvage ? salvage(chosen) : export(chosen);
    if (file != null) {
      console.print("%s written to %s".formatted(kind.counted(count), file));
    }
    leftOut.forEach(each -> console.fail("left out: " + each));
    return leftOut.isEmpty() ? ExitCode.OK : ExitCode.DAMAGED;
  }

  private List<String> export(RowFormat chosen) {
    write(
        chosen,
        rows -> {
          if (kind == RowKind.REGISTERS) {
            Export.registers(data.directory, entry -> rows.write(RowKind.fields(entry)));
          } else {
            Export.history(data.directory, entry -> rows.write(RowKind.fields(entry)));
          }
        });
    return List.of();
  }

  private List<String> salvage(RowFormat chosen) {
    try (Salvage damaged = Salvage.in(data.directory)) {
      write(
          chosen,
          rows -> {
            if (kind == RowKind.REGISTERS) {
              damaged.registers(entry -> rows.write(RowKind.fields(entry)));
            } else {
              damaged.history(entry -> rows.write(RowKind.fields(entry)));
            }
          });
      return damaged.leftOut();
    }
  }

  /** Gives rows to a writer. */
  private interface Rows {
    void giveTo(RowWriter writer);
  }

  private void write(RowFormat chosen, Rows rows) {
    if (file != null) {
      NewFile.write(file, force, stream -> writeTo(stream, chosen, rows));
      return;
    }
    try {
      writeTo(new Checked(console.out()), chosen, rows);
    } catch (IOException | UncheckedIOException e) {
      // What was lost is told by the console at the end.
    }
  }

  private void writeTo(OutputStream stream, RowFormat chosen, Rows rows) throws IOException {
    RowWriter writer = RowWriter.to(stream, chosen, kind);
    rows.giveTo(writer);
    writer.flush();
    count = writer.count();
  }

  /** Ends a long export whose reader has left, as behind {@code | head}. */
  private static final class Checked extends FilterOutputStream {

    private final Output output;

    Checked(Output output) {
      super(output);
      this.output = output;
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      output.write(bytes, start, length);
      if (output.checkError()) {
        throw new IOException("the output cannot be written");
      }
    }
  }
}
