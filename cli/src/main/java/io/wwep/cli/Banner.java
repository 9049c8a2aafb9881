package io.wwep.cli;

import io.wwep.protocol.Wwep;
import java.util.ArrayList;
import java.util.List;

/** The first lines of a server for people: where it listens, where the data is, what it shows. */
final class Banner {

  private static final int NAME_WIDTH = 7;

  private final Started started;
  private final Style style;
  private final boolean essentialsOnly;
  private final boolean forTerminal;
  private final List<String> lines = new ArrayList<>();

  Banner(Started started, Style style, boolean essentialsOnly, boolean forTerminal) {
    this.started = started;
    this.style = style;
    this.essentialsOnly = essentialsOnly;
    this.forTerminal = forTerminal;
  }

  List<String> lines() {
    lines.add(style.strong("wwep " + Version.number()));
    ports();
    entry("data", started.store() + ": " + Counts.of(started.devices(), started.registers()));
    if (!essentialsOnly) {
      started.certificates().forEach(this::certificate);
      entry("engine", started.engine());
    }
    started.warnings().forEach(each -> lines.add("  " + style.warning(pad("note")) + "  " + each));
    if (forTerminal && !essentialsOnly) {
      hints();
    }
    return lines;
  }

  private void ports() {
    String addresses = String.join(", ", started.addresses());
    entry(
        "plain",
        started.servesPlain() ? "port %d on %s".formatted(started.plainPort(), addresses) : "off");
    entry(
        "TLS",
        !started.servesTls()
            ? "off"
            : started.servesPlain()
                ? "port %d on the same".formatted(started.tlsPort())
                : "port %d on %s".formatted(started.tlsPort(), addresses));
  }

  private void certificate(Started.Certificate certificate) {
    entry(certificate.kind(), certificate.file());
    entry("", "SHA-256 " + certificate.sha256());
  }

  private void hints() {
    lines.add("");
    if (started.servesPlain()) {
      String port = started.plainPort() == Wwep.PLAIN_PORT ? "" : " --port " + started.plainPort();
      lines.add("  Try in another terminal: wwep write%s 0FAC 0B 1234".formatted(port));
    }
    lines.add("  Ctrl-C stops the server.");
    lines.add("");
  }

  private void entry(String name, String text) {
    lines.add("  " + style.faint(pad(name)) + "  " + text);
  }

  private static String pad(String name) {
    return name + " ".repeat(Math.max(0, NAME_WIDTH - name.length()));
  }
}
