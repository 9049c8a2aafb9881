package io.wwep.cli;

import io.wwep.protocol.RegisterId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Which register of which device. */
@Command
final class RegisterArguments {

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

  RegisterId id() {
    return new RegisterId(device, register);
  }
}
