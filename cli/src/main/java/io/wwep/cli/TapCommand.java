package io.wwep.cli;

import io.wwep.certs.IdentityException;
import io.wwep.protocol.Wwep;
import io.wwep.tap.TapConfig;
import io.wwep.tap.TapException;
import io.wwep.tap.TapTls;
import io.wwep.tap.change.Fault;
import io.wwep.tap.change.Rewrite;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep tap}: stands between boards and a server. */
@Command(
    name = "tap",
    header = "Stand between boards and a server: see, alter and disturb what passes.",
    description = {
      "  wwep tap 27709 localhost                       boards connect to 27709 in place of 27708",
      "  wwep tap 192.168.1.5:27709 wwep.lab            and from other machines",
      "  wwep tap 40509 localhost:40508                 TLS, as an eavesdropper sees it",
      "  wwep tap --tls --insecure 40509 localhost      TLS, as the man in the middle does it",
      "  wwep tap 27709 localhost --rewrite 'W....05=.... -> 0001'",
      "  wwep tap 27709 localhost --fault delay=700ms --fault drop-reply@0FAC",
      "  wwep tap 27709 localhost --save seen.pcapng    for Wireshark",
      "",
      "For your own boards and classes, with the consent of all whose messages pass."
    },
    footerHeading = "%nFaults of --fault, behind each of which @DEVICE or @ADDRESS may stand:%n",
    footer = {
      "  split            each byte of a reply is a segment of its own",
      "  delay=TIME       a reply comes late",
      "  drop-reply       no reply comes",
      "  close-early      the connection is closed in place of a reply",
      "  half-reply       and in the middle of one",
      "  reset            and by a reset (RST)",
      "  wrong-reply      a reply is for the next register",
      "  x                each reply is X",
      "  garbage          a reply is no WWEP",
      "  slow-handshake=TIME, expired, not-yet-valid, wrong-name, unknown-ca",
      "                   with --tls; at the handshake no device is known yet: @ADDRESS alone"
    })
final class TapCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "LISTEN",
      converter = ListenPlace.class,
      description = "PORT for this machine alone, or ADDR:PORT; 0 is a free port.")
  InetSocketAddress listen;

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      converter = ServerPlace.class,
      description = "The server: HOST or HOST:PORT (27708, with --tls 40508).")
  ServerPlace target;

  @Option(
      names = "--tls",
      description = {
        "Be the man in the middle: show boards a certificate made here, with",
        "the names of the real one, and speak TLS with the server too.",
        "The next six imply it."
      })
  boolean tls;

  @Mixin TrustOptions trust;
  @Mixin IdentityOptions identity;

  @Option(
      names = "--sign-with",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = {
        "Sign what boards are shown with this CA, as 'wwep cert ca' makes it,",
        "and not with one that nobody knows: for boards that trust it."
      })
  Path signWith;

  @Option(
      names = "--rewrite",
      paramLabel = "RULE",
      converter = RewriteOption.class,
      description = {
        "Alter frames: 'W....05=.... -> 0001' (. is any digit),",
        "'R....05 -> R....06', or replies: 'A....05=0001 -> 0000'.",
        "May be given several times; the first that fits counts."
      })
  List<Rewrite> rewrites = List.of();

  @Option(
      names = "--rewrite-replies",
      description =
          "Answer altered requests as if they had not been, so that boards notice nothing.")
  boolean rewriteReplies;

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      converter = FaultOption.class,
      completionCandidates = FaultOption.class,
      description = "Do something to boards: see below. May be given several times.")
  List<Fault> faults = List.of();

  @Option(
      names = "--save",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Write what passes to this new file, for Wireshark (pcapng).")
  Path save;

  @Option(
      names = "--save-max",
      paramLabel = "SIZE",
      converter = ByteSize.OfCapture.class,
      description = "How large the file may become (100MB).")
  Long saveMax;

  @Option(names = "--json", description = "Print one JSON object for each event.")
  boolean json;

  @Mixin HelpOption help;

  TapCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      return new TapRun(console, config(), json).run();
    } catch (CliException | TapException | IdentityException e) {
      Json object = json ? new Json().put("result", "none").put("error", "usage") : null;
      return console.fail(object, e.getMessage(), ExitCode.USAGE);
    }
  }

  private TapConfig config() {
    if (rewriteReplies && rewrites.isEmpty()) {
      throw new CliException("--rewrite-replies goes with --rewrite: give a rule too");
    }
    if (saveMax != null && save == null) {
      throw new CliException("--save-max goes with --save: give the file too");
    }
    boolean secure = tls || trust.isGiven() || identity.isGiven() || signWith != null;
    TapConfig config =
        TapConfig.of(listen, target.host(), target.port(secure ? Wwep.TLS_PORT : Wwep.PLAIN_PORT))
            .withRewrites(rewrites, rewriteReplies)
            .withFaults(faults)
            .withCapture(save, saveMax == null ? TapConfig.SAVE_BYTES_MAX : saveMax);
    return secure ? config.withTls(mitm()) : config;
  }

  private TapTls mitm() {
    return new TapTls(
        trust.trust(), identity.identity(), signWith == null ? null : signer().read(Path.of("")));
  }

  private CaOptions signer() {
    CaOptions options = new CaOptions();
    options.certificate = signWith;
    options.keyCure = "put it there, or give the certificate of a CA whose key is beside it";
    return options;
  }
}
