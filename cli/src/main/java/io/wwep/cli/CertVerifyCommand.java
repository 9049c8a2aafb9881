package io.wwep.cli;

import io.wwep.certs.BoardCheck;
import io.wwep.certs.BoardCheck.Question;
import io.wwep.certs.BoardVerdict;
import io.wwep.certs.Root;
import io.wwep.certs.ServerName;
import io.wwep.certs.file.CryptoFile;
import io.wwep.certs.file.Password;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      converter = FetchOptions.Name.class,
      description = "What the board connects to (the server; of a file no name is checked).")
  ServerName host;

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
    return FetchOptions.orReason(console, json, () -> decide(question()));
  }

  private Question question() {
    List<Root> roots = RootFile.read(ca);
    Optional<ServerName> name = Optional.ofNullable(host);
    List<X509Certificate> shown;
    if (isFile()) {
      shown = chain(Path.of(subject));
    } else {
      TlsTarget target =
          ManyArguments.convert(spec, List.of(subject), new TlsTarget.Converter()).get(0);
      name = name.or(fetch::name).or(target::name);
      shown = fetch.fetch(target).certificates();
    }
    return new Question(shown, roots, name, at == null ? Instant.now() : at, stack.get());
  }

  private static List<X509Certificate> chain(Path file) {
    List<X509Certificate> chain = CryptoFile.read(file, Password.NONE).certificates();
    if (chain.size() > Question.SHOWN_MAX) {
      throw new CliException(
          "%s holds %d certificates, and no server shows more than %d: leave the server's own, then those that signed it"
              .formatted(file, chain.size(), Question.SHOWN_MAX));
    }
    return chain;
  }

  /** A host has no slash in it, but what a browser shows has. */
  private boolean isFile() {
    try {
      boolean path = subject.indexOf('/') >= 0 && !subject.contains("://");
      return Files.exists(Path.of(subject)) || path || CertificateEnds.has(subject);
    } catch (InvalidPathException e) {
      return false; // As HOST:PORT on Windows.
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
