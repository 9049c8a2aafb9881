package io.wwep.cli;

import io.wwep.certs.BoardCheck;
import io.wwep.certs.BoardCheck.Question;
import io.wwep.certs.BoardVerdict;
import io.wwep.certs.Identities;
import io.wwep.certs.ServerName;
import io.wwep.client.WwepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wwep cert verify}: what a board decides of a server's certificate, and why. */
@Command(
    name = "verify",
    header = "Decide step by step, as a board does, whether to believe a server's certificate.",
    description = {
      "  wwep cert verify --ca ca.pem wwep.lab                the server on port 40508",
      "  wwep cert verify --ca ca.pem --host wwep.lab wwep.lab.pem",
      "  wwep cert verify --ca ca.pem --at 1970-01-01 wwep.lab",
      "                                        by a board whose clock was never set"
    })
final class CertVerifyCommand implements Callable<Integer> {

  /** What nobody calls a server. */
  private static final Pattern LIKE_A_FILE = Pattern.compile(".*[/\\\\].*|.*\\.(pem|crt|cer|der)");

  private final Console console;

  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "SERVER",
      description = "A server, as HOST or HOST:PORT (40508), or the PEM file that it shows.")
  String subject;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      required = true,
      converter = FilePath.class,
      description = "What the board has in its firmware: a PEM file with its root.")
  Path ca;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "What the board connects to (the server; of a file no name is checked).")
  String host;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "What the board's clock says, in UTC, as in 1970-01-01 (now).")
  Instant at;

  @Mixin StackOption stack;
  @Mixin FetchOptions fetch;

  @Option(names = "--json", description = "Print one JSON object, also for failures.")
  boolean json;

  @Mixin HelpOption help;

  CertVerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      return decide(question());
    } catch (WwepException e) {
      return console.fail(none("no-answer"), e.getMessage(), ExitCode.NO_ANSWER);
    }
  }

  private Json none(String error) {
    return json ? new Json().put("result", "none").put("error", error) : null;
  }

  private Question question() {
    var roots = Identities.readRoots(ca);
    Optional<ServerName> name = Optional.ofNullable(host).map(this::name);
    Path file = Path.of(subject);
    List<X509Certificate> shown;
    if (Files.exists(file) || LIKE_A_FILE.matcher(subject).matches()) {
      shown = Identities.readChain(file);
    } else {
      TlsTarget target =
          ManyArguments.convert(spec, List.of(subject), new TlsTarget.Converter()).get(0);
      name = name.or(target::name);
      shown = fetch.fetch(target).certificates();
    }
    return new Question(shown, roots, name, at == null ? Instant.now() : at, stack.get());
  }

  private ServerName name(String text) {
    try {
      return ServerName.of(text);
    } catch (IllegalArgumentException e) {
      throw new CliException("--host " + e.getMessage(), e);
    }
  }

  private int decide(Question question) {
    BoardVerdict verdict = BoardCheck.of(question);
    VerdictLines lines = new VerdictLines(console, verdict);
    if (json) {
      console.print(json(question, verdict).toString());
    } else {
      lines.print();
    }
    verdict.notes().forEach(console::note);
    if (verdict.isAccepted()) {
      return ExitCode.OK;
    }
    console.fail(lines.reason());
    return ExitCode.REJECTED;
  }

  private static Json json(Question question, BoardVerdict verdict) {
    return new Json()
        .put("result", verdict.isAccepted() ? "accepted" : "refused")
        .put("host", question.host().map(ServerName::text).orElse(null))
        .put("at", question.at().toString())
        .put("chain", ChainJson.chain(verdict))
        .put("steps", ChainJson.steps(verdict))
        .put("mbedTls", ChainJson.mbedTls(verdict))
        .put("notes", verdict.notes())
        .put("exitCode", verdict.isAccepted() ? ExitCode.OK : ExitCode.REJECTED);
  }
}
