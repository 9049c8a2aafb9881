package io.wwep.cli;

import io.wwep.protocol.Rejection;
import io.wwep.server.ServerEvent;
import io.wwep.server.access.Door;
import java.util.Locale;

/**
 * Lines for people. On a terminal they are aligned, coloured where it can, and the sentence behind
 * an {@code X} stands below; in a file or pipe each event is one line that begins with the date.
 *
 * <p>Lines are put together by hand: formatting a thousand of them a second took a tenth of a core,
 * and the compiler's time for the formatter was a third of all it spent on a server under load.
 */
final class TextLog implements ServerLog {

  private static final int PORT_WIDTH = 5;
  private static final int PEER_WIDTH = 21;
  private static final int REQUEST_WIDTH = 11;
  private static final String INDENT = " ".repeat(12 + 2 + PORT_WIDTH + 2);

  private final Console console;
  private final Style style;
  private final LineWriter lines;
  private final boolean quiet;
  private final Timestamps clock;

  /**
   * @param quiet print only the essentials of the start
   */
  TextLog(Console console, boolean quiet) {
    this.console = console;
    this.quiet = quiet;
    style = new Style(console.color());
    lines = new LineWriter(console.out());
    clock = new Timestamps(console.terminal() ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss");
  }

  @Override
  public void started(Started started) {
    new Banner(started, console, quiet).lines().forEach(lines::line);
  }

  @Override
  public void event(ServerEvent event) {
    if (event instanceof ServerEvent.Transaction transaction) {
      lines.line(transaction(transaction));
    } else if (event instanceof ServerEvent.Notice notice) {
      lines.line(withSentence(head(notice), "note", notice.sentence()));
    } else if (event instanceof ServerEvent.Probed probed) {
      lines.line(withSentence(head(probed), "probe", probed.sentence()));
    } else if (event instanceof ServerEvent.OwnNotice notice) {
      lines.line(withSentence(ownHead(event), "note", notice.sentence()));
    }
    // The end of a connection would be a second line for each message of a board.
  }

  private String transaction(ServerEvent.Transaction event) {
    String request = shown(event.request());
    String reply = shown(event.reply());
    String exchange =
        console.terminal()
            ? pad(request, REQUEST_WIDTH) + "  " + style.reply(reply)
            : request + " -> " + reply;
    String line = head(event) + gap() + exchange;
    Rejection why = event.rejection();
    return why == null ? line : withSentence(line, why.code().word(), why.sentence());
  }

  private String ownHead(ServerEvent event) {
    String time = style.faint(clock.format(event.time()));
    return console.terminal()
        ? time + "  " + pad("server", PORT_WIDTH + 2 + PEER_WIDTH)
        : time + " server";
  }

  private String head(ServerEvent.AtPort event) {
    String time = style.faint(clock.format(event.time()));
    String port = event.door().word();
    String peer = console.plain(event.peer());
    if (!console.terminal()) {
      return time + ' ' + port + ' ' + peer;
    }
    String coloredPort = style.port(pad(port, PORT_WIDTH), event.door() != Door.PLAIN);
    return time + "  " + coloredPort + "  " + pad(peer, PEER_WIDTH);
  }

  private String withSentence(String line, String word, String sentence) {
    String plain = console.plain(sentence);
    return console.terminal()
        ? line + "  " + style.warning(word) + System.lineSeparator() + INDENT + style.faint(plain)
        : line + ' ' + word + ": " + plain;
  }

  private String gap() {
    return console.terminal() ? "  " : " ";
  }

  private String shown(String text) {
    return text.isEmpty() ? "-" : console.plain(text);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  @Override
  public void dropped(long count) {
    String text = String.format(Locale.ROOT, "… %,d more", count);
    lines.line((console.terminal() ? INDENT : "") + style.faint(console.plain(text)));
  }

  @Override
  public void stopped(String sentence) {
    // On a terminal the cursor stands behind "^C".
    lines.line((console.terminal() ? System.lineSeparator() : "") + console.plain(sentence));
  }

  @Override
  public void close() {
    lines.close();
  }
}
