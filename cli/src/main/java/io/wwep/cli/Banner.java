package io.wwep.cli;

import io.wwep.protocol.Wwep;
import java.util.ArrayList;
import java.util.List;

/** The first lines of a server for people: where it listens, where the data is, what it shows. */
final class Banner {

  private static final int NAME_WIDTH = 6;

  private final Started started;
  private final Console console;
  private final Style style;
  private final boolean essentialsOnly;
  private final List<String> lines = new ArrayList<>();

  Banner(Started started, Console console, boolean essentialsOnly) {
    this.started = started;
    this.console = console;
    this.essentialsOnly = essentialsOnly;
    style = new Style(console.color());
  }

  List<String> lines() {
    lines.add(style.strong("wwep " + Version.number()));
    ports();
    if (started.consoleUrl() != null) {
      entry("page", started.consoleUrl());
    }
    entry("data", started.store() + ": " + Counts.of(started.devices(), started.registers()));
    started.access().forEach(each -> entry("access", each));
    if (!essentialsOnly) {
      started.certificates().forEach(this::certificate);
      entry("engine", started.engine());
    }
    started.warnings().forEach(each -> entry("note", each));
    if (console.terminal() && !essentialsOnly) {
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
      String host = started.addresses().get(started.addresses().size() - 1);
      String hostOption = host.equals("localhost") ? "" : " --host " + host;
      String portOption =
          started.plainPort() == Wwep.PLAIN_PORT ? "" : " --port " + started.plainPort();
      lines.add(
          "  Try in another terminal: %s write%s%s 0FAC 0B 1234"
              .formatted(console.plain(CommandName.TEXT), hostOption, portOption));
    }
    lines.add("  Ctrl-C stops the server.");
    lines.add("");
  }

  private void entry(String name, String text) {
    String padded = name + " ".repeat(Math.max(0, NAME_WIDTH - name.length()));
    boolean note = name.equals("note");
    lines.add(
        "  %s  %s"
            .formatted(note ? style.warning(padded) : style.faint(padded), console.plain(text)));
  }
}
