package io.wwep.cli;

import io.wwep.client.WwepClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wwep dump}: draws all registers of a device. */
@Command(
    name = "dump",
    header = "Draw all 256 registers of a device.",
    description = {"  wwep dump 0FAC", "  wwep dump 0FAC --json --host 192.168.1.5"})
final class DumpCommand extends ClientCommand {

  @Parameters(
      paramLabel = "DEVICE",
      converter = HexNumbers.Device.class,
      description = "The device ID, in hex.")
  int device;

  DumpCommand(Console console) {
    super(console);
  }

  @Override
  int ask(WwepClient client) {
    SortedMap<Integer, Integer> written = client.dump(device);
    Json json =
        json(written.isEmpty() ? "X" : "A")
            .put("device", "%04X".formatted(device))
            .put("registers", registers(written));
    List<String> grid = new ArrayList<>();
    grid.add(
        written.isEmpty()
            ? "device %04X, no value came for any of 256 registers".formatted(device)
            : "device %04X, %d of 256 registers written".formatted(device, written.size()));
    grid.addAll(RegisterGrid.lines(written));
    if (!written.isEmpty()) {
      return succeed(json, grid);
    }
    if (!options.json) {
      grid.forEach(console::print);
    }
    String unwritten =
        "nobody has written a register of device %04X yet: write one first, as in '%s write %04X 0B 1234'"
            .formatted(device, CommandName.TEXT, device);
    return fail(json, whyRejected("", unwritten), ExitCode.REJECTED);
  }

  private static Map<String, String> registers(SortedMap<Integer, Integer> written) {
    Map<String, String> registers = new LinkedHashMap<>();
    written.forEach(
        (register, value) -> registers.put("%02X".formatted(register), RegisterJson.value(value)));
    return registers;
  }
}
