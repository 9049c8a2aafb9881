package io.wwep.cli;

import io.wwep.store.StoreException;
import io.wwep.store.sqlite.HistoryEntry;
import io.wwep.store.sqlite.HistoryReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep history}: prints who wrote a register when, from the file of a server. */
@Command(
    name = "history",
    header = "Print who wrote a register when, newest first.",
    description = {
      "  wwep history 0FAC 0B",
      "  wwep history 0FAC                       all registers of the device",
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

  @Mixin HelpOption help;

  HistoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (HistoryReader reader = HistoryReader.openIn(data)) {
      List<HistoryEntry> entries =
          register == null
              ? reader.newestOfDevice(device, before, limit)
              : reader.newest(device << 8 | register, before, limit);
      return entries.isEmpty() ? nothing() : print(entries);
    } catch (StoreException e) {
      return fail(
          new Json().put("result", "none").put("error", "store"),
          e.getMessage(),
          Faults.exitCode(e));
    }
  }

  private int print(List<HistoryEntry> entries) {
    if (json) {
      Json all = object().put("entries", HistoryLines.json(entries));
      console.print(all.put("exitCode", ExitCode.OK).toString());
      return ExitCode.OK;
    }
    HistoryLines.text(entries).forEach(console::print);
    if (entries.size() == limit) {
      console.print(
          "older ones: add --before " + entries.get(entries.size() - 1).number() + " to this");
    }
    return ExitCode.OK;
  }

  /** As for a read of a register that nobody wrote. */
  private int nothing() {
    String what =
        register == null
            ? "device %04X".formatted(device)
            : "register %02X of device %04X".formatted(register, device);
    String reason =
        before == Long.MAX_VALUE
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
