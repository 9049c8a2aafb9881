package io.wwep.cli;

import io.wwep.certs.ClientCertificate;
import io.wwep.certs.IdentityException;
import io.wwep.server.access.Access;
import io.wwep.server.access.AccessPolicy;
import io.wwep.server.access.Decision;
import io.wwep.server.access.Door;
import io.wwep.server.access.Requester;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep policy test}: whether somebody may do something, and which line says so. */
@Command(
    name = "test",
    sortOptions = false,
    header = "Say whether somebody may read or write a register, and which line decides it.",
    description = {
      "  wwep policy test policy.toml write 0FAC 0B --certificate 0FAC",
      "  wwep policy test policy.toml write 0FAC 0B --cert device-0FAC.pem --address 192.168.1.7",
      "  wwep policy test policy.toml read 0FAC 0B --address 192.168.1.7 --port plain"
    })
final class PolicyTestCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "The policy.")
  Path file;

  @Parameters(
      index = "1",
      paramLabel = "WHAT",
      converter = Words.OfDeed.class,
      completionCandidates = Words.OfDeed.class,
      description = "read or write.")
  Deed deed;

  @Parameters(
      index = "2",
      paramLabel = "DEVICE",
      converter = HexNumbers.Device.class,
      description = "The device ID, in hex.")
  int device;

  @Parameters(
      index = "3",
      paramLabel = "REGISTER",
      converter = HexNumbers.Register.class,
      description = "The register's number, in hex.")
  int register;

  @Option(
      names = "--certificate",
      paramLabel = "NAME",
      description = "Who asks has a certificate with this name, as 0FAC (none).")
  String name;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Who asks has this certificate, a PEM file (none).")
  Path certificate;

  @Option(
      names = "--address",
      paramLabel = "ADDR",
      converter = AddressLiteral.class,
      description = "Who asks has this address (unknown).")
  InetAddress address;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Words.OfDoor.class,
      completionCandidates = Words.OfDoor.class,
      description = {
        "It comes in here: plain, tls or console",
        "(tls with a certificate, else plain)."
      })
  Door door;

  @Option(
      names = "--bind-device",
      paramLabel = "WHETHER",
      converter = Words.OfSwitch.class,
      completionCandidates = Words.OfSwitch.class,
      description = "As the server is started (on).")
  AccessOptions.Switch bindDevice = AccessOptions.Switch.ON;

  @Option(names = "--json", description = "Print one JSON object, also for failures.")
  boolean json;

  @Mixin HelpOption help;

  /** What somebody may want to do. */
  enum Deed {
    READ,
    WRITE
  }

  PolicyTestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      return decide();
    } catch (CliException | IdentityException e) {
      Json object = json ? new Json().put("result", "none").put("error", "usage") : null;
      return console.fail(object, e.getMessage(), ExitCode.USAGE);
    }
  }

  private int decide() {
    AccessPolicy policy = PolicyFile.read(file);
    Decision decision =
        Access.granting(policy, bindDevice == AccessOptions.Switch.ON)
            .decide(requester(), deed == Deed.WRITE, device << 8 | register);
    int code = decision.allowed() ? ExitCode.OK : ExitCode.REJECTED;
    console.print(
        json
            ? new Json()
                .put("allowed", decision.allowed())
                .putIfPresent("line", decision.line())
                .put("reason", decision.reason())
                .put("exitCode", code)
                .toString()
            : "%s: %s".formatted(decision.allowed() ? "yes" : "no", decision.reason()));
    return code;
  }

  private Requester requester() {
    if (name != null && certificate != null) {
      throw new CliException(
          "--certificate and --cert exclude each other: give the name, or the file");
    }
    ClientCertificate client =
        name != null
            ? ClientCertificate.supposed(name)
            : certificate != null ? ClientCertificate.read(certificate) : null;
    if (client != null && door != null && door != Door.TLS) {
      throw new CliException(
          "%s sees no certificates: leave out --port %s, or the certificate"
              .formatted(door.place(), door.word()));
    }
    Door usual = client != null ? Door.TLS : Door.PLAIN;
    return new Requester(address, door == null ? usual : door, client);
  }
}
