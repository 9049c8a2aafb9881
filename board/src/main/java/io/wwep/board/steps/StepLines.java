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
  private static final int WIDTH = 100;

  /** Where the sentence of a step begins. */
  private static final int TEXT_COLUMN = 22;

  /** In a line. */
  private static final int HEX_BYTES = 16;

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
    String what = (step.done() ? "" : "FAILED: ") + step.what();
    addWrapped(lines, "%9s  ".formatted(millis(step)), " ".repeat(TEXT_COLUMN), what);
    lines.add(INDENT + "on the board: " + step.kind().onTheBoard());
    boolean brief = step.kind() == StepKind.HANDSHAKE;
    step.passed().forEach(each -> addPassed(lines, each, brief));
    step.shown().forEach(each -> addCertificate(lines, "server's", each));
    step.shownByBoard().forEach(each -> addCertificate(lines, "board's", each));
    addBuffers(lines, step);
    return lines.stream().map(this::shown).toList();
  }

  private static String millis(Step step) {
    return String.format(Locale.ROOT, "%.1f ms", step.took().toNanos() / 1e6);
  }

  /**
   * Breaks a text between words.
   *
   * @param first stands before the first line; what was printed there before counts too
   */
  private static void addWrapped(List<String> lines, String first, String next, String text) {
    StringBuilder line = new StringBuilder(first);
    int room = WIDTH - next.length();
    int used = 0;
    for (String word : text.split(" ", -1)) {
      if (used > 0 && used + 1 + word.length() > room) {
        lines.add(line.toString());
        line = new StringBuilder(next);
        used = 0;
      }
      line.append(used == 0 ? "" : " ").append(word);
      used += (used == 0 ? 0 : 1) + word.length();
    }
    lines.add(line.toString().stripTrailing());
  }

  /**
   * @param brief whether a line of hex is enough
   */
  private static void addPassed(List<String> lines, Passed passed, boolean brief) {
    String arrow = passed.direction() == Passed.Direction.SENT ? "→" : "←";
    String name = passed.layer() == Passed.Layer.TEXT ? passed.text() : passed.name();
    String first =
        INDENT + "%s %-18s %12s  ".formatted(arrow, name, StepWords.bytes(passed.length()));
    addWrapped(lines, first, " ".repeat(first.length()), passed.details());
    if (passed.layer() != Passed.Layer.TLS_MESSAGE) {
      addHex(lines, passed.hex(), brief);
    }
  }

  private static void addHex(List<String> lines, String hex, boolean brief) {
    int width = HEX_BYTES * 3;
    int end = brief ? Math.min(hex.length(), width) : hex.length();
    for (int start = 0; start < end; start += width) {
      String part = hex.substring(start, Math.min(end, start + width)).stripTrailing();
      boolean cut = brief && end < hex.length();
      lines.add(INDENT + "    " + part + (cut ? " …" : ""));
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
    addWrapped(
        lines,
        INDENT + "    ",
        INDENT + "    ",
        "%s, made for %s".formatted(certificate.key(), certificate.hosts()));
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
