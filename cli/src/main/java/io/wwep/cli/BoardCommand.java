package io.wwep.cli;

import io.wwep.board.Board;
import io.wwep.board.BoardBuilder;
import io.wwep.board.MacAddress;
import io.wwep.client.Trust;
import io.wwep.keylog.KeyLog;
import io.wwep.keylog.KeyLogException;
import io.wwep.protocol.Wwep;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wwep board}: a board without hardware, or many. */
@Command(
    name = "board",
    header = "Be a board without hardware: two buttons and an LED. Or be a class of them.",
    description = {
      "  wwep board                                       drawn on the terminal; ? tells the keys",
      "  wwep board --mac 00:A0:50:12:34:56 --host 192.168.1.5",
      "  wwep board --ca wwep-data/tls/ec.pem             button 1 uses TLS and trusts this",
      "  wwep board --ca ca.pem --cert device-0FAC.pem    and shows this",
      "  echo 00rq | wwep board                           keys from a pipe",
      "  wwep board --script test.wwep                    steps from a file, results as JSON Lines",
      "  wwep board --count 30 --rate 0.5                 a class, each board every two seconds",
      "  wwep board --steps                               each step of the socket, slowly",
      "  wwep board --gpio led=17,button0=22,button1=27   real pins, on a Raspberry Pi"
    })
final class BoardCommand implements Callable<Integer> {

  static final String RANDOM = "random";

  private final Console console;

  @Option(
      names = "--mac",
      paramLabel = "MAC",
      description = {
        "MAC address, of which the device ID is made, or the word random (this machine's).",
        "With --count: the first one of addresses in a row (random)."
      })
  String mac;

  @Mixin HostOption host;

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

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.OfReply.class,
      description = "How long a reply may take (500ms).")
  Duration timeout = Duration.ofMillis(500);

  @Mixin TrustOptions trust;
  @Mixin IdentityOptions identity;
  @Mixin KeyLogOption keyLog;
  @Mixin ScriptOption script;
  @Mixin CrowdOptions crowd;
  @Mixin StepsOptions steps;
  @Mixin PinsOption pins;
  @Mixin HelpOption help;

  /** While the command runs, where one was asked for. */
  private KeyLog keys;

  BoardCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireOneWay();
    crowd.requireSense(script.isGiven(), steps.isGiven());
    if (steps.isGiven() && keyLog.file != null) {
      throw new CliException(
          "--keylog does not go with --steps, which shows what TLS carries by itself: leave one of them");
    }
    try (KeyLog log = keyLog.open(console, trust.isGiven() || identity.isGiven())) {
      keys = log;
      return run();
    }
  }

  private int run() throws IOException, InterruptedException {
    if (steps.isGiven()) {
      return new StepsRun(console, this).run();
    }
    if (pins.isGiven()) {
      return new PinsRun(console, this).run();
    }
    if (script.isGiven()) {
      return new ScriptedBoards(console, this).run();
    }
    return crowd.isGiven()
        ? new PressingBoards(console, this).run()
        : new KeyedBoard(console).run(board());
  }

  private void requireOneWay() {
    String many = script.isGiven() ? "--script" : crowd.isGiven() ? "--count" : null;
    List<String> ways =
        Stream.of(steps.isGiven() ? "--steps" : null, pins.isGiven() ? "--gpio" : null, many)
            .filter(Objects::nonNull)
            .toList();
    if (ways.size() > 1) {
      throw new CliException(
          "%s and %s exclude each other: give one of them".formatted(ways.get(0), ways.get(1)));
    }
  }

  Board board() {
    return board(UnaryOperator.identity());
  }

  /**
   * Returns the board that the options say, built differently.
   *
   * @throws CliException when one of them cannot be used
   */
  Board board(UnaryOperator<BoardBuilder> change) {
    try {
      BoardBuilder builder = change.apply(builder());
      if (RANDOM.equals(mac)) {
        builder.randomMac(new SecureRandom());
      } else if (mac != null) {
        builder.mac(MacAddress.parse(mac));
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  /**
   * Returns what builds a board of these options, its MAC address aside.
   *
   * @throws CliException when one of them cannot be used
   */
  BoardBuilder builder() {
    try {
      BoardBuilder builder =
          Board.builder(host.name).plainPort(port).tlsPort(tlsPort).replyTimeout(timeout);
      List<Trust> trusts = trusts();
      if (!trusts.isEmpty()) {
        builder.trust(trusts.get(0), identity.identity());
        trusts.subList(1, trusts.size()).forEach(builder::alternative);
      }
      if (keys != null) {
        builder.keyLog(keys);
      }
      return builder;
    } catch (IllegalArgumentException | KeyLogException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  /** Returns whom button 1 can believe, at first the first; none when nobody said so. */
  private List<Trust> trusts() {
    List<Trust> given = trust.all();
    return given.isEmpty() && identity.isGiven() ? List.of(Trust.system()) : given;
  }
}
