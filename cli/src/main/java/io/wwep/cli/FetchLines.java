package io.wwep.cli;

import io.wwep.certs.BoardVerdict;
import io.wwep.certs.BoardVerdict.Link;
import io.wwep.certs.BoardVerdict.Step;
import io.wwep.certs.CertificateWords;
import io.wwep.certs.ChainReport;
import io.wwep.certs.ListWords;
import io.wwep.client.ShownChain;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Tells people what a server showed, as a browser does. */
final class FetchLines {

  private final Console console;
  private final Style style;
  private final ShownChain shown;
  private final ChainReport report;

  FetchLines(Console console, ShownChain shown, ChainReport report) {
    this.console = console;
    this.style = new Style(console.color());
    this.shown = shown;
    this.report = report;
  }

  void print(TlsTarget target) {
    line(style.strong(console.plain(target.toString())));
    entry("TLS", "%s, %s".formatted(shown.version(), shown.cipherSuite()));
    shown.failure().ifPresent(each -> entry("handshake", "failed behind this: " + each));
    shown.clientIssuers().ifPresent(each -> entry("asks for", client(each)));
    line("");
    List<Link> links = report.verdict().links();
    new ChainTree(console).lines(links, this::place).forEach(this::line);
    links.forEach(this::certificate);
    line("");
    conclusion();
  }

  private static String client(List<X500Principal> issuers) {
    return "a client certificate, of %s; see 'wwep cert device'"
        .formatted(
            issuers.isEmpty()
                ? "any CA"
                : ListWords.of(issuers.stream().map(CertificateWords::shortName).toList()));
  }

  private String place(int index) {
    Link link = report.verdict().links().get(index);
    String role = ChainReport.role(link, index);
    String from =
        link.position() < 0 ? ", not sent" : ", sent as number %d".formatted(link.position() + 1);
    return role + from + link.source().map(each -> ", known: " + console.plain(each)).orElse("");
  }

  private void certificate(Link link) {
    CertificateWords words = link.words();
    line("");
    line(style.strong(console.plain(words.shortName())));
    entry("subject", words.subject());
    entry("issuer", words.issuer());
    if (!words.names().isEmpty()) {
      entry("names", ListWords.of(words.names()));
    }
    entry("valid", words.period());
    entry("key", "%s, signed with %s".formatted(words.key(), words.signature()));
    entry("SHA-256", words.fingerprint());
  }

  private void conclusion() {
    BoardVerdict verdict = report.verdict();
    if (verdict.isAccepted()) {
      entry("trusted", trusted(verdict));
    } else {
      for (Step each : verdict.failures()) {
        String name = verdict.links().get(each.link()).words().shortName();
        note("not trusted", "%s: %s".formatted(name, each.reason()));
      }
    }
    report.findings().forEach(each -> note("note", each));
    verdict.notes().forEach(each -> note("note", each));
    entry("for a board", report.advice());
  }

  private static String trusted(BoardVerdict verdict) {
    Link root = verdict.root().orElseThrow();
    String name = verdict.step(BoardVerdict.Kind.NAME).map(Step::reason).orElseThrow();
    return "its root is in %s, and %s".formatted(root.source().orElseThrow(), name);
  }

  /** Returns what a file was written with. */
  static String saved(Path file, List<X509Certificate> certificates) {
    List<String> names =
        certificates.stream().map(each -> CertificateWords.of(each).shortName()).toList();
    return "%s  %s".formatted(file, ListWords.of(names));
  }

  private void entry(String name, String text) {
    line("  %s  %s".formatted(style.faint("%-11s".formatted(name)), plain(text)));
  }

  private void note(String name, String text) {
    line("  %s  %s".formatted(style.warning("%-11s".formatted(name)), plain(text)));
  }

  private String plain(String text) {
    return console.plain(CommandName.in(text));
  }

  /** Printed as it is: colours are in it, and what others wrote was made plain before. */
  private void line(String text) {
    console.out().println(text);
  }
}
