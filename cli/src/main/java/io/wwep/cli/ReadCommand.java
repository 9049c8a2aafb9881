package io.wwep.cli;

import io.wwep.client.Outcome;
import io.wwep.client.WwepClient;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wwep read}: prints the value of a register. */
@Command(
    name = "read",
    header = "Print the value of a register.",
    description = {
      "  wwep read 0FAC 0B",
      "  wwep read 0x0FAC 0x0B --host 192.168.1.5",
      "  wwep read 0FAC 0B --ca wwep-data/tls/ec.pem --json",
      "  wwep read 0FAC 0B --ca ca.pem --cert device-0FAC.pem"
    })
final class ReadCommand extends ClientCommand {

  @Mixin RegisterArguments target;

  ReadCommand(Console console) {
    super(console);
  }

  @Override
  int ask(WwepClient client) {
    RegisterId id = target.id();
    Outcome outcome = client.execute(new Request.Read(id));
    if (outcome instanceof Outcome.Failed failed) {
      throw failed.cause();
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      return rejected(id, rejected.explanation());
    }
    return holds(id, ((Outcome.Value) outcome).value());
  }

  private int rejected(RegisterId id, String explanation) {
    Json json =
        RegisterJson.put(json("X").put("error", "rejected"), id)
            .putIfPresent("explanation", explanation);
    String unwritten =
        "nobody has written register %02X of device %04X yet: write it first, as in '%s write %04X %02X 1234'"
            .formatted(id.register(), id.device(), CommandName.TEXT, id.device(), id.register());
    return fail(json, whyRejected(explanation, unwritten), ExitCode.REJECTED);
  }
}
