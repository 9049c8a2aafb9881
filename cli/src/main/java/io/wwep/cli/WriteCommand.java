package io.wwep.cli;

import io.wwep.client.WwepClient;
import io.wwep.protocol.RegisterId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin RegisterArguments target;

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
    RegisterId id = target.id();
    return holds(id, client.write(id, value));
  }
}
