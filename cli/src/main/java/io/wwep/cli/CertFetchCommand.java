package io.wwep.cli;

import io.wwep.certs.BoardCheck.Question;
import io.wwep.certs.ChainReport;
import io.wwep.certs.Root;
import io.wwep.certs.ServerName;
import io.wwep.client.ShownChain;
import io.wwep.client.Trust;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep cert fetch}: the certificates that a server shows. */
@Command(
    name = "fetch",
    header = "Show the certificates of a TLS server, as a browser does, and save them for boards.",
    description = {
      "  wwep cert fetch wwep.lab                             the server on port 40508",
      "  wwep cert fetch https://example.org --save root      what a board needs of a web server",
      "  wwep cert fetch wwep.lab:8883 --save all --out certs"
    })
final class CertFetchCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      paramLabel = "SERVER",
      converter = TlsTarget.Converter.class,
      description = "HOST or HOST:PORT (40508), or what a browser shows: https://HOST (443).")
  TlsTarget target;

  @Mixin SaveOptions save;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Roots to know beside those of this system: a PEM file.")
  Path ca;

  @Mixin StackOption stack;
  @Mixin FetchOptions fetch;

  @Option(names = "--json", description = "Print one JSON object, also for failures.")
  boolean json;

  @Mixin HelpOption help;

  CertFetchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return FetchOptions.orReason(console, json, this::fetchAndTell);
  }

  private int fetchAndTell() {
    save.check();
    Optional<ServerName> name = fetch.name().or(target::name);
    List<Root> roots = new ArrayList<>(ca == null ? List.of() : RootFile.read(ca));
    ShownChain shown = fetch.fetch(target);
    roots.addAll(ofSystem());
    Question question = new Question(shown.certificates(), roots, name, Instant.now(), stack.get());
    return tell(shown, ChainReport.of(question));
  }

  /** Asked behind the fetching, which has to be the first use of TLS in this process. */
  private static List<Root> ofSystem() {
    return Stream.of(Trust.system().manager().getAcceptedIssuers())
        .map(each -> new Root(each, "this system's roots"))
        .toList();
  }

  private int tell(ShownChain shown, ChainReport report) {
    Map<Path, List<X509Certificate>> saved =
        save.part == null
            ? Map.of()
            : save.save(report, target.name().map(ServerName::fileName).orElse("server"));
    if (json) {
      console.print(json(shown, report, saved).toString());
    } else {
      new FetchLines(console, shown, report).print(target);
      saved.forEach((file, certificates) -> console.print(FetchLines.saved(file, certificates)));
    }
    return ExitCode.OK;
  }

  private Json json(ShownChain shown, ChainReport report, Map<Path, List<X509Certificate>> saved) {
    return new Json()
        .put("result", "shown")
        .put("server", target.toString())
        .put("tls", shown.version())
        .put("cipherSuite", shown.cipherSuite())
        .put("handshakeFailure", shown.failure().orElse(null))
        .put("clientIssuers", shown.clientIssuers().map(CertFetchCommand::names).orElse(null))
        .put("chain", ChainJson.chain(report.verdict()))
        .put("trusted", report.verdict().isAccepted())
        .put("steps", ChainJson.steps(report.verdict()))
        .put("findings", report.findings())
        .put("notes", report.verdict().notes())
        .put("advice", report.advice())
        .put("files", saved.keySet().stream().map(Path::toString).toList())
        .put("exitCode", ExitCode.OK);
  }

  private static List<String> names(List<javax.security.auth.x500.X500Principal> issuers) {
    return issuers.stream().map(each -> each.getName()).toList();
  }
}
