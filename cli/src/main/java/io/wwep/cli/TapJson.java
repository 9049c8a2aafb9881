package io.wwep.cli;

import io.wwep.tap.Side;
import io.wwep.tap.Tap;
import io.wwep.tap.TapConfig;
import io.wwep.tap.TapEvent;
import io.wwep.tap.TapSummary;
import io.wwep.tap.change.Fault;
import io.wwep.tap.change.Rewrite;
import io.wwep.tap.decode.Message;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One JSON object for each event of a tap; the field {@code event} tells which kind. */
final class TapJson implements TapLog {

  private final LineWriter lines;

  TapJson(LineWriter lines) {
    this.lines = lines;
  }

  private static Json object(Instant time, String event) {
    return new Json().put("time", time.toString()).put("event", event);
  }

  @Override
  public void purpose() {
    lines.line(object(Instant.now(), "purpose").put("sentence", PURPOSE).toString());
  }

  @Override
  public void started(InetSocketAddress address, TapConfig config) {
    lines.line(
        object(Instant.now(), "start")
            .put("listen", Tap.words(address))
            .put("port", address.getPort())
            .put("target", config.target())
            .put("tls", config.tls() != null)
            .put("rewrites", config.rewrites().stream().map(Rewrite::toString).toList())
            .put("faults", config.faults().stream().map(Fault::toString).toList())
            .putIfPresent("save", config.save())
            .toString());
  }

  @Override
  public void event(TapEvent event) {
    lines.line(json(event).toString());
  }

  private static Json json(TapEvent event) {
    if (event instanceof TapEvent.Segment segment) {
      return segment(segment);
    } else if (event instanceof TapEvent.Opened opened) {
      return at(event, "opened").put("board", opened.board());
    } else if (event instanceof TapEvent.Secured secured) {
      return at(event, "tls")
          .put("with", word(secured.side()))
          .put("version", secured.version())
          .put("cipherSuite", secured.cipherSuite())
          .put("sentence", secured.sentence());
    } else if (event instanceof TapEvent.HungUp hungUp) {
      return at(event, "hung-up").put("alert", hungUp.alert()).put("sentence", hungUp.sentence());
    } else if (event instanceof TapEvent.Altered altered) {
      return at(event, "altered")
          .put("from", word(altered.from()))
          .put("by", altered.by())
          .put("came", altered.came())
          .put("forwarded", altered.forwarded());
    } else if (event instanceof TapEvent.Faulted faulted) {
      return at(event, "fault").put("fault", faulted.fault()).put("sentence", faulted.sentence());
    }
    return ending(event);
  }

  private static Json ending(TapEvent event) {
    if (event instanceof TapEvent.Ended ended) {
      return at(event, "end")
          .put("from", word(ended.side()))
          .put("how", ended.how().name())
          .put("openMillis", ClientCommand.millis(ended.sinceNanos()))
          .put("frames", messages(ended.messages()));
    } else if (event instanceof TapEvent.Closed closed) {
      return at(event, "closed")
          .put("openMillis", ClientCommand.millis(closed.sinceNanos()))
          .put("boardBytes", closed.boardBytes())
          .put("serverBytes", closed.serverBytes());
    }
    TapEvent.Notice notice = (TapEvent.Notice) event;
    return at(event, "notice").put("word", notice.word()).put("sentence", notice.sentence());
  }

  private static Json segment(TapEvent.Segment segment) {
    return at(segment, "segment")
        .put("from", word(segment.from()))
        .put("segment", segment.number())
        .put("bytes", segment.length())
        .put("text", segment.shown())
        .put("sinceMillis", ClientCommand.millis(segment.sinceNanos()))
        .put("frames", messages(segment.messages()));
  }

  private static List<Json> messages(List<Message> messages) {
    return messages.stream().map(TapJson::message).toList();
  }

  private static Json message(Message message) {
    Json json =
        new Json()
            .put("kind", word(message.kind()))
            .putIfPresent("text", message.text())
            .put("meaning", message.meaning())
            .putIfPresent("code", message.code());
    if (message.device() != Message.NONE) {
      json.put("device", "%04X".formatted(message.device()));
    }
    if (message.register() != Message.NONE) {
      json.put("register", "%02X".formatted(message.register()));
    }
    if (message.value() != Message.NONE) {
      json.put("value", "%04X".formatted(message.value()));
    }
    json.putIfPresent("request", message.request());
    return message.replyNanos() == Message.NONE
        ? json
        : json.put("replyMillis", ClientCommand.millis(message.replyNanos()));
  }

  private static Json at(TapEvent event, String word) {
    Json json = object(event.time(), word);
    return event.connection() == 0 ? json : json.put("connection", event.connection());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String word(Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void dropped(long count) {
    lines.line(object(Instant.now(), "dropped").put("count", count).toString());
  }

  @Override
  public void stopped(TapSummary summary, TapConfig config) {
    lines.line(
        object(Instant.now(), "stop")
            .put("connections", summary.connections())
            .put("turnedAway", summary.turnedAway())
            .put("boardBytes", summary.boardBytes())
            .put("serverBytes", summary.serverBytes())
            .put("requests", summary.requests())
            .put("accepted", summary.accepted())
            .put("rejected", summary.rejected())
            .put("altered", summary.altered())
            .put("faults", summary.faults())
            .put("hungUp", summary.hungUp())
            .put("packets", config.save() == null ? null : summary.packets())
            .putIfPresent("incomplete", summary.captureFailure())
            .toString());
  }
}
