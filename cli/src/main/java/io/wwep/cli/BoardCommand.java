package io.wwep.cli;

import io.wwep.board.Board;
import io.wwep.board.BoardBuilder;
import io.wwep.board.BoardConsole;
import io.wwep.board.KeySource;
import io.wwep.board.MacAddress;
import io.wwep.protocol.Wwep;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wwep board}: a board without hardware. */
@Command(
    name = "board",
    header = "Be a board without hardware: two buttons and an LED.",
    description = {
      "  wwep board                                       then press 0, 1, x, r or q",
      "  wwep board --mac 00:A0:50:12:34:56 --host 192.168.1.5",
      "  wwep board --ca wwep-data/tls/ec.pem             button 1 uses TLS and trusts this",
      "  wwep board --ca ca.pem --cert device-0FAC.pem    and shows this",
      "  echo 00rq | wwep board                           keys from a pipe",
      "  wwep board --steps                               each step of the socket, slowly",
      "  wwep board --gpio led=17,button0=22,button1=27   real pins, on a Raspberry Pi"
    })
final class BoardCommand implements Callable<Integer> {

  private final Console console;

  @Option(
      names = "--mac",
      paramLabel = "MAC",
      description = "MAC address, of which the device ID is made (this machine's).")
  String mac;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Name or address of the server (localhost).")
  String host = "localhost";

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Numbers.RemotePort.class,
      description = "Port for button 0, the plain one (27708).")
  Integer port = Wwep.PLAIN_PORT;

  @Option(
      names = "--tls-port",
      paramLabel = "N",
      converter = Numbers.RemotePort.class,
      description = "Port for button 1, the TLS one (40508).")
  Integer tlsPort = Wwep.TLS_PORT;

  @Mixin TrustOptions trust;
  @Mixin IdentityOptions identity;
  @Mixin StepsOptions steps;
  @Mixin PinsOption pins;
  @Mixin HelpOption help;

  BoardCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (steps.isGiven()) {
      pins.requireNone();
      return new StepsRun(console, this).run();
    }
    if (pins.isGiven()) {
      return new PinsRun(console, this).run();
    }
    Board board = board();
    Charset charset = console.unicode() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    PrintWriter screen = new PrintWriter(new OutputStreamWriter(console.out(), charset));
    try (TerminalKeys terminal = console.terminal() ? TerminalKeys.open() : null) {
      KeySource keys =
          terminal == null
              ? KeySource.of(new InputStreamReader(console.in(), StandardCharsets.UTF_8))
              : terminal;
      return new BoardConsole(board, keys, screen, !console.unicode()).run();
    } finally {
      screen.flush();
    }
  }

  private Board board() {
    return board(UnaryOperator.identity());
  }

  /** Returns the board of the options, built differently. */
  Board board(UnaryOperator<BoardBuilder> change) {
    try {
      BoardBuilder builder = Board.builder(host).plainPort(port).tlsPort(tlsPort);
      if (mac != null) {
        builder.mac(MacAddress.parse(mac));
      }
      if (trust.isGiven() || identity.isGiven()) {
        builder.trust(trust.trust(), identity.identity());
      }
      return change.apply(builder).build();
    } catch (IllegalArgumentException e) {
      throw new CliException(e.getMessage(), e);
    }
  }
}
