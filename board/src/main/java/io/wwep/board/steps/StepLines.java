package io.wwep.board.steps;

import io.wwep.client.CertificateSummary;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts steps into lines of text, as a screen of 100 columns shows them. */
public final class StepLines {

  private static final String INDENT = " ".repeat(4);

  /** Control characters, line ends and what turns a line around: a stranger's certificate may. */
  private static final String UNSEEN = "[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]";

  private final boolean ascii;

  /**
   * @param ascii whether the screen shows ASCII only
   */
  public StepLines(boolean ascii) {
    this.ascii = ascii;
  }

  /** Returns the beginning of a step's line, before anything is known of it. */
  public String begin(StepKind kind) {
    return "%-11s".formatted(kind.word());
  }

  /** Returns the rest of the step's line, and the lines below it. */
  public List<String> end(Step step) {
    List<String> lines = new ArrayList<>();
    lines.add("%9s  %s%s".formatted(millis(step), step.done() ? "" : "FAILED: ", step.what()));
    lines.add(INDENT + "on the board: " + step.kind().onTheBoard());
    step.passed().forEach(each -> addPassed(lines, each));
    step.shown().forEach(each -> addCertificate(lines, "server's", each));
    step.shownByBoard().forEach(each -> addCertificate(lines, "board's", each));
    addBuffers(lines, step);
    return lines.stream().map(this::shown).toList();
  }

  private static String millis(Step step) {
    return String.format(Locale.ROOT, "%.1f ms", step.took().toNanos() / 1e6);
  }

  private static void addPassed(List<String> lines, Passed passed) {
    String arrow = passed.direction() == Passed.Direction.SENT ? "→" : "←";
    String name = passed.layer() == Passed.Layer.TEXT ? passed.text() : passed.name();
    String line =
        INDENT
            + "%s %-18s %,6d bytes  %s".formatted(arrow, name, passed.length(), passed.details());
    lines.add(line.stripTrailing());
    if (passed.layer() != Passed.Layer.TLS_MESSAGE) {
      addHex(lines, passed.hex());
    }
  }

  /** Sixteen bytes a line. */
  private static void addHex(List<String> lines, String hex) {
    int width = 16 * 3;
    for (int start = 0; start < hex.length(); start += width) {
      String part = hex.substring(start, Math.min(hex.length(), start + width));
      lines.add(INDENT + "    " + part.stripTrailing());
    }
  }

  private static void addCertificate(
      List<String> lines, String whose, CertificateSummary certificate) {
    lines.add(INDENT + "the %s certificate  %s".formatted(whose, certificate.subject()));
    lines.add(
        INDENT
            + "    issued by %s, valid from %s to %s"
                .formatted(
                    certificate.issuer(), day(certificate.from()), day(certificate.until())));
    lines.add(INDENT + "    %s, made for %s".formatted(certificate.key(), certificate.hosts()));
  }

  private static String day(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** A handshake takes dozens of buffers; those are summed up. */
  private static void addBuffers(List<String> lines, Step step) {
    if (step.kind() == StepKind.HANDSHAKE) {
      BufferUse use = step.use();
      lines.add(
          INDENT
              + "packet buffers: %d T, %d R and %d of TLS used, %d of them held now"
                  .formatted(use.transmit(), use.receive(), use.tls(), use.held()));
      return;
    }
    List<BufferState> shown =
        step.buffers().stream().filter(each -> each.type() != BufferState.Type.TLS).toList();
    if (shown.isEmpty()) {
      return;
    }
    lines.add(INDENT + "packet buffer  Type  Ref Count  Start   End  Buffer");
    shown.forEach(each -> lines.add(INDENT + row(each)));
  }

  private static String row(BufferState state) {
    boolean free = state.refCount() == 0;
    return "  %-11s  %-4s  %9d  %5s  %4s  #%d, %,d bytes%s"
        .formatted(
            state.moment().words(),
            state.type(),
            state.refCount(),
            free ? "null" : state.start(),
            free ? "null" : state.end(),
            state.number(),
            state.capacity(),
            state.holds().isEmpty() ? "" : ": " + state.holds());
  }

  private String shown(String line) {
    String clean = line.replaceAll(UNSEEN, "?");
    return ascii
        ? clean
            .replace("→", "->")
            .replace("←", "<-")
            .replace("…", "...")
            .replaceAll("[^\\p{ASCII}]", "?")
        : clean;
  }
}
