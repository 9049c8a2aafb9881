package io.wwep.cli;

import io.wwep.certs.Validity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Asks the server of a data directory on this machine how it fares. */
final class LocalStatus implements Callable<Integer> {

  private final Console console;
  private final Path data;
  private final boolean json;

  LocalStatus(Console console, Path data, boolean json) {
    this.console = console;
    this.data = data;
    this.json = json;
  }

  @Override
  public Integer call() {
    try {
      return show(LocalServer.status(data, "by HOST"));
    } catch (Unanswered e) {
      return e.tell(console, json);
    }
  }

  private int show(Map<String, Object> status) {
    boolean healthy = Boolean.TRUE.equals(status.get("healthy"));
    int exitCode = healthy ? ExitCode.OK : ExitCode.REJECTED;
    if (json) {
      Json all = new Json();
      status.forEach(all::put);
      console.print(all.put("exitCode", exitCode).toString());
    } else {
      lines(status, healthy).forEach(console::print);
    }
    return exitCode;
  }

  private List<String> lines(Map<String, Object> status, boolean healthy) {
    Instant now = Instant.now();
    StatusLines lines = new StatusLines(console);
    lines.title("wwep " + status.get("version"));
    Instant since = Instant.parse(String.valueOf(status.get("since")));
    lines.entry(
        "state",
        "%s since %s (%s), process %s"
            .formatted(
                healthy ? "up and durable" : "up, not well",
                StatusLines.time(since),
                StatusLines.ago(since, now),
                status.get("pid")));
    lines.entry("plain", port(status.get("plainPort")));
    lines.entry("TLS", port(status.get("tlsPort")));
    certificates(lines, field(status, "certificates"));
    lines.entry(
        "data",
        "%s: %s"
            .formatted(
                status.get("store"),
                Counts.of(number(status, "devices"), number(status, "registers"))));
    lines.entry("commit", lastCommit(field(status, "lastCommit"), now));
    Map<?, ?> connections = field(status, "connections");
    lines.entry("open", open(number(connections, "open"), number(connections, "max")));
    lines.entry("served", served(status));
    limits(lines, field(status, "limited"));
    trouble(lines, status, now);
    return lines.all();
  }

  /** A server of before does not tell. */
  private static void certificates(StatusLines lines, Map<?, ?> certificates) {
    for (Object each : list(certificates, "shown")) {
      Map<?, ?> shown = (Map<?, ?>) each;
      Instant until = Instant.parse(String.valueOf(shown.get("until")));
      lines.entry("", "%s certificate until %s".formatted(shown.get("kind"), Validity.day(until)));
    }
    list(certificates, "problems").forEach(each -> lines.entry("note", String.valueOf(each)));
  }

  private static List<?> list(Map<?, ?> object, String name) {
    return object.get(name) instanceof List<?> list ? list : List.of();
  }

  /** Those who are turned away are open until they have heard why. */
  private static String open(int all, int max) {
    String served = "%d of %d connections".formatted(Math.min(all, max), max);
    return all <= max ? served : served + ", and %d are being turned away".formatted(all - max);
  }

  private static String served(Map<String, Object> status) {
    Map<?, ?> requests = field(status, "requests");
    Map<?, ?> handshakes = field(status, "handshakes");
    return "%s, %s of them rejected; %s, and %s failed"
        .formatted(
            counted(requests.get("answered"), "request"),
            requests.get("rejected"),
            counted(handshakes.get("done"), "TLS handshake"),
            handshakes.get("failed"));
  }

  private static void limits(StatusLines lines, Map<?, ?> hits) {
    hits.forEach(
        (limit, count) -> {
          if (!Long.valueOf(0).equals(count)) {
            lines.entry(
                "limit",
                limit.equals("files")
                    ? "accepting paused %s for lack of files: let the process open more (ulimit -n)"
                        .formatted(counted(count, "time"))
                    : "--%s was hit %s; the console and the log say by whom"
                        .formatted(limit, counted(count, "time")));
          }
        });
  }

  /** A number as the server wrote it, whatever kind it is. */
  private static String counted(Object number, String noun) {
    return "%s %s%s".formatted(number, noun, Long.valueOf(1).equals(number) ? "" : "s");
  }

  private static void trouble(StatusLines lines, Map<String, Object> status, Instant now) {
    Map<?, ?> failing = field(status, "failing");
    if (!failing.isEmpty()) {
      Instant since = Instant.parse(String.valueOf(failing.get("since")));
      lines.entry(
          "note",
          "writes fail since %s (%s): %s"
              .formatted(
                  StatusLines.time(since), StatusLines.ago(since, now), failing.get("reason")));
    }
    list(status, "stuck").forEach(each -> lines.entry("note", String.valueOf(each)));
  }

  private static String port(Object port) {
    return port == null ? "off" : "port " + port;
  }

  private static String lastCommit(Map<?, ?> commit, Instant now) {
    if (commit.isEmpty()) {
      return "none since the start";
    }
    Instant time = Instant.parse(String.valueOf(commit.get("time")));
    return "write %s, %s (%s)"
        .formatted(commit.get("number"), StatusLines.time(time), StatusLines.ago(time, now));
  }

  private static Map<?, ?> field(Map<String, Object> status, String name) {
    return status.get(name) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static int number(Map<?, ?> status, String name) {
    return status.get(name) instanceof Long number ? number.intValue() : 0;
  }
}
