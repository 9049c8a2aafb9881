package io.wwep.cli;

import io.wwep.protocol.Rejection;
import io.wwep.server.ServerEvent;
import java.time.Instant;
import java.util.List;

/** One JSON object in each line; the field {@code event} tells which kind. */
final class JsonLog implements ServerLog {

  private final LineWriter lines;

  JsonLog(Console console) {
    lines = new LineWriter(console.out());
  }

  @Override
  public void started(Started started) {
    Json json =
        object(started.time(), "start")
            .put("version", Version.number())
            .put("plainPort", started.servesPlain() ? started.plainPort() : null)
            .put("tlsPort", started.servesTls() ? started.tlsPort() : null)
            .put("console", started.consoleUrl())
            .put("addresses", started.addresses())
            .put("store", started.store())
            .put("devices", started.devices())
            .put("registers", started.registers())
            .put("certificates", certificates(started))
            .put("access", started.access())
            .put("warnings", started.warnings())
            .put("engine", started.engine());
    lines.line(json.toString());
  }

  private static List<Json> certificates(Started started) {
    return started.certificates().stream()
        .map(
            each ->
                new Json()
                    .put("kind", each.kind())
                    .put("sha256", each.sha256())
                    .put("file", each.file()))
        .toList();
  }

  @Override
  public void event(ServerEvent event) {
    if (event instanceof ServerEvent.Transaction transaction) {
      lines.line(transaction(transaction).toString());
    } else if (event instanceof ServerEvent.Notice notice) {
      lines.line(at(notice, "notice").put("reason", notice.sentence()).toString());
    } else if (event instanceof ServerEvent.Probed probed) {
      lines.line(probe(probed).toString());
    } else if (event instanceof ServerEvent.OwnNotice notice) {
      lines.line(object(event.time(), "notice").put("reason", notice.sentence()).toString());
    }
    // The end of a connection would be a second line for each message of a board.
  }

  private static Json transaction(ServerEvent.Transaction event) {
    Json json =
        at(event, "transaction").put("request", event.request()).put("reply", event.reply());
    Rejection why = event.rejection();
    return why == null ? json : json.put("code", why.code().word()).put("reason", why.sentence());
  }

  private static Json probe(ServerEvent.Probed event) {
    return at(event, "probe")
        .put("device", "%04X".formatted(event.device()))
        .put("outcome", Words.word(event.outcome()))
        .put("reason", event.sentence());
  }

  private static Json at(ServerEvent.AtPort event, String kind) {
    return object(event.time(), kind).put("port", event.door().key()).put("peer", event.peer());
  }

  @Override
  public void dropped(long count) {
    lines.line(object(Instant.now(), "dropped").put("count", count).toString());
  }

  @Override
  public void stopped(String sentence) {
    lines.line(object(Instant.now(), "stop").put("reason", sentence).toString());
  }

  private static Json object(Instant time, String event) {
    return new Json().put("time", time.toString()).put("event", event);
  }

  @Override
  public void close() {
    lines.close();
  }
}
