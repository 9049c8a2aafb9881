package io.wwep.cli;

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
    String kind = event instanceof ServerEvent.Transaction ? "transaction" : "notice";
    Json json = object(event.time(), kind);
    if (event instanceof ServerEvent.AtPort at) {
      json.put("port", at.secure() ? "tls" : "plain").put("peer", at.peer());
    }
    if (event instanceof ServerEvent.Transaction transaction) {
      json.put("request", transaction.request()).put("reply", transaction.reply());
      if (transaction.rejection() != null) {
        json.put("code", transaction.rejection().code().word())
            .put("reason", transaction.rejection().sentence());
      }
    } else if (event instanceof ServerEvent.Notice notice) {
      json.put("reason", notice.sentence());
    } else if (event instanceof ServerEvent.OwnNotice notice) {
      json.put("reason", notice.sentence());
    }
    lines.line(json.toString());
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
