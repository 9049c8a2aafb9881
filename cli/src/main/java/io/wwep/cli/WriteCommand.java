package io.wwep.cli;

import io.wwep.client.WwepClient;
import io.wwep.protocol.RegisterId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wwep write}: stores a value in a register. */
@Command(
    name = "write",
    header = "Store a value in a register.",
    description = {
      "  wwep write 0FAC 0B 1234",
      "  wwep write 0x0FAC 0x0B 0x1234 --host 192.168.1.5",
      "  wwep write 0FAC 0B 1234 --ca wwep-data/tls/ec.pem"
    })
final class WriteCommand extends ClientCommand {

  @Parameters(
      index = "0",
      paramLabel = "DEVICE",
      converter = HexNumbers.Device.class,
      description = "The device ID, in hex.")
  int device;

  @Parameters(
      index = "1",
      paramLabel = "REGISTER",
      converter = HexNumbers.Register.class,
      description = "The register's number, in hex.")
  int register;

  @Parameters(
      index = "2",
      paramLabel = "VALUE",
      converter = HexNumbers.Value.class,
      description = "What to store, in hex.")
  int value;

  WriteCommand(Console console) {
    super(console);
  }

  @Override
  int ask(WwepClient client) {
    RegisterId id = new RegisterId(device, register);
    int stored = client.write(id, value);
    Json json = RegisterJson.put(json("A"), id).put("value", RegisterJson.value(stored));
    return succeed(json.put("number", stored), List.of(RegisterJson.value(stored)));
  }
}
