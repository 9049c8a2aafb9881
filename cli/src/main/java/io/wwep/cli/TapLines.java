package io.wwep.cli;

import io.wwep.tap.Side;
import io.wwep.tap.Tap;
import io.wwep.tap.TapConfig;
import io.wwep.tap.TapEvent;
import io.wwep.tap.TapSummary;
import io.wwep.tap.decode.Message;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A tap for people. On a terminal what a segment means stands below it; in a file or pipe each
 * event is one line that begins with the date.
 */
final class TapLines implements TapLog {

  private static final int ID_WIDTH = 4;
  private static final int NAME_WIDTH = 6;
  private static final int TEXT_WIDTH = 12;
  private static final String INDENT = " ".repeat(12 + 2 + ID_WIDTH + 2);

  private final Console console;
  private final LineWriter lines;
  private final Style style;
  private final Timestamps clock;

  TapLines(Console console, LineWriter lines) {
    this.console = console;
    this.lines = lines;
    style = new Style(console.color());
    clock = new Timestamps(console.terminal() ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss");
  }

  @Override
  public void purpose() {
    lines.line(console.plain(PURPOSE));
  }

  @Override
  public void started(InetSocketAddress address, TapConfig config) {
    lines.line(console.plain("  boards   connect to %s".formatted(Tap.words(address))));
    String how =
        config.tls() == null
            ? ""
            : ", over TLS on both sides, trusting %s".formatted(config.tls().trust());
    lines.line(console.plain("  server   %s%s".formatted(config.target(), how)));
    config.rewrites().forEach(each -> lines.line(console.plain("  rewrite  " + each)));
    if (config.restoresReplies()) {
      lines.line("           and replies say what the board had sent");
    }
    config.faults().forEach(each -> lines.line(console.plain("  fault    " + each)));
    if (config.save() != null) {
      lines.line(console.plain("  capture  " + config.save()));
    }
    if (console.terminal()) {
      lines.line("  Ctrl-C   ends");
    }
  }

  @Override
  public void event(TapEvent event) {
    if (event instanceof TapEvent.Segment segment) {
      segment(segment);
    } else if (event instanceof TapEvent.Opened opened) {
      print(event, "connected from " + opened.board(), List.of());
    } else if (event instanceof TapEvent.Secured secured) {
      print(
          event,
          columns(name(secured.side()), secured.version() + ", " + secured.cipherSuite()),
          List.of(secured.sentence()));
    } else if (event instanceof TapEvent.HungUp hungUp) {
      String alert = hungUp.alert() == null ? "no TLS" : "hung up with " + hungUp.alert();
      print(event, columns(name(Side.BOARD), style.warning(alert)), List.of(hungUp.sentence()));
    } else if (event instanceof TapEvent.Altered altered) {
      print(
          event,
          columns(
              way(altered.from()),
              style.strong(pad(altered.forwarded())),
              style.warning("altered") + " from " + altered.came()),
          List.of("by " + altered.by()));
    } else if (event instanceof TapEvent.Faulted faulted) {
      print(
          event,
          columns(padTo("fault", NAME_WIDTH), style.warning(faulted.fault())),
          List.of(faulted.sentence()));
    } else {
      ending(event);
    }
  }

  private void ending(TapEvent event) {
    if (event instanceof TapEvent.Ended ended) {
      String how = ended.how() == TapEvent.Ending.FIN ? "end of stream (FIN)" : "reset (RST)";
      print(event, columns(way(ended.side()), how), words("", ended.messages()));
    } else if (event instanceof TapEvent.Closed closed) {
      print(
          event,
          "closed after %s: %,d bytes from the board, %,d from the server"
              .formatted(
                  ClientCommand.millisText(closed.sinceNanos()),
                  closed.boardBytes(),
                  closed.serverBytes()),
          List.of());
    } else if (event instanceof TapEvent.Notice notice) {
      print(event, style.warning(notice.word()), List.of(notice.sentence()));
    }
  }

  private void segment(TapEvent.Segment segment) {
    String shown = segment.shown();
    boolean opaque = segment.messages().stream().anyMatch(each -> each.kind() == Message.Kind.TLS);
    String text =
        opaque
            ? pad(console.terminal() ? "" : "TLS")
            : segment.from() == Side.SERVER ? style.reply(pad(shown)) : pad(shown);
    String details =
        "segment %d, %s, +%s"
            .formatted(
                segment.number(),
                count(segment.length(), "byte"),
                ClientCommand.millisText(segment.sinceNanos()));
    print(
        segment,
        columns(way(segment.from()), text, style.faint(details)),
        words(shown, segment.messages()));
  }

  /** Returns what messages mean, each with its bytes unless they are those that are shown. */
  private static List<String> words(String shown, List<Message> messages) {
    List<String> words = new ArrayList<>();
    for (Message each : messages) {
      String meaning =
          each.code() == null || each.isReply()
              ? each.meaning()
              : each.code() + ": " + each.meaning();
      String after =
          each.replyNanos() == Message.NONE
              ? ""
              : ", %s after %s"
                  .formatted(ClientCommand.millisText(each.replyNanos()), each.request());
      boolean same = each.text().isEmpty() || each.text().equals(shown);
      words.add((same ? "" : each.text() + ": ") + meaning + after);
    }
    return words;
  }

  private void print(TapEvent event, String what, List<String> sentences) {
    String id = event.connection() == 0 ? "" : "#" + event.connection();
    String time = style.faint(clock.format(event.time()));
    if (!console.terminal()) {
      String joined = sentences.stream().collect(Collectors.joining("; "));
      lines.line(
          "%s %s%s%s"
              .formatted(
                  time,
                  id.isEmpty() ? "" : id + " ",
                  plain(what),
                  joined.isEmpty() ? "" : ": " + console.plain(joined)));
      return;
    }
    StringBuilder text = new StringBuilder(time + "  " + padTo(id, ID_WIDTH) + "  " + plain(what));
    for (String each : sentences) {
      text.append(System.lineSeparator()).append(INDENT).append(style.faint(console.plain(each)));
    }
    lines.line(text.toString());
  }

  /** Where there are colours, what strangers sent has been made harmless before. */
  private String plain(String text) {
    return console.color() ? text : console.plain(text);
  }

  private String way(Side from) {
    return console.plain(from == Side.BOARD ? "board → server" : "server → board");
  }

  private String name(Side side) {
    return padTo(side.name().toLowerCase(Locale.ROOT), NAME_WIDTH);
  }

  private String columns(String... columns) {
    return String.join(console.terminal() ? "  " : " ", columns);
  }

  private String pad(String text) {
    return padTo(text, TEXT_WIDTH);
  }

  /** Only a terminal has columns. */
  private String padTo(String text, int width) {
    int missing = console.terminal() ? width - text.length() : 0;
    return text + " ".repeat(Math.max(0, missing));
  }

  @Override
  public void dropped(long count) {
    lines.line(console.plain("… %,d more events".formatted(count)));
  }

  @Override
  public void stopped(TapSummary summary, TapConfig config) {
    List<String> parts = new ArrayList<>();
    parts.add(count(summary.connections(), "connection"));
    parts.add(
        "%s, %,d A, %,d X"
            .formatted(
                count(summary.requests(), "request"), summary.accepted(), summary.rejected()));
    add(parts, summary.hungUp(), "%,d without TLS");
    add(parts, summary.altered(), "%,d altered");
    add(parts, summary.faults(), "faults acted: %,d");
    add(parts, summary.turnedAway(), "%,d turned away");
    if (config.save() != null) {
      String saved = "%s in %s".formatted(count(summary.packets(), "packet"), config.save());
      parts.add(
          summary.captureFailure() == null
              ? saved
              : "incomplete: %s, since then %s".formatted(saved, summary.captureFailure()));
    }
    // On a terminal the cursor stands behind "^C".
    String start = console.terminal() ? System.lineSeparator() : "";
    lines.line(start + console.plain("stopped: " + String.join("; ", parts)));
  }

  private static String count(long number, String of) {
    return "%,d %s%s".formatted(number, of, number == 1 ? "" : "s");
  }

  private static void add(List<String> parts, long count, String words) {
    if (count > 0) {
      parts.add(words.formatted(count));
    }
  }
}
