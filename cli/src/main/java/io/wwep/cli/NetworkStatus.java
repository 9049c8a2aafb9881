package io.wwep.cli;

import io.wwep.client.RawExchange;
import io.wwep.client.TlsDetails;
import io.wwep.client.WwepClient;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Reply;
import io.wwep.protocol.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a server over the network whether it answers, by one read. */
final class NetworkStatus extends ClientCommand {

  /** Any register does: an X is an answer too. */
  private static final RegisterId REGISTER = new RegisterId(0, 0);

  private static final Request QUESTION = new Request.Read(REGISTER);

  private static final int EXPIRY_DAYS_NOTED = 30;

  NetworkStatus(Console console, ClientOptions options) {
    super(console);
    this.options = options;
  }

  @Override
  int ask(WwepClient client) {
    RawExchange exchange = client.exchange(QUESTION.encode());
    Json json = json(exchange.replies().isEmpty() ? "none" : "up").put("server", client.endpoint());
    if (exchange.replies().isEmpty()) {
      return fail(
          json.put("error", "no-reply"),
          "%s is there and answers no read%s"
              .formatted(
                  client.endpoint(),
                  exchange
                      .suspicion()
                      .map(", "::concat)
                      .orElse(": check --host and --port, and its console or log")),
          ExitCode.NO_ANSWER);
    }
    Reply reply = exchange.replies().get(0);
    if (reply instanceof Reply.Accepted a && !a.id().equals(REGISTER)) {
      return fail(
          json("none").put("server", client.endpoint()).put("error", "not-wwep"),
          "%s answered a read of %s with what belongs to another request: the server mixes up replies, or is none of WWEP; check which one runs there"
              .formatted(client.endpoint(), REGISTER),
          ExitCode.NO_ANSWER);
    }
    TlsDetails tls = exchange.tls().orElse(null);
    json.put("reply", reply instanceof Reply.Accepted ? "A" : "X")
        .put("connectMillis", millis(exchange.connecting().toNanos()))
        .put("replyMillis", millis(exchange.elapsed().toNanos()))
        .putIfPresent("tls", tls == null ? null : json(tls));
    return succeed(json, lines(client.endpoint(), exchange, tls));
  }

  private static Json json(TlsDetails tls) {
    return new Json()
        .put("version", tls.version())
        .put("cipherSuite", tls.cipherSuite())
        .put("fingerprint", tls.fingerprint())
        .put("expires", tls.expires().toString())
        .put("clientCertificate", Words.word(tls.clientCertificate()));
  }

  private List<String> lines(String server, RawExchange exchange, TlsDetails tls) {
    StatusLines lines = new StatusLines(console);
    lines.title(server);
    lines.entry("state", "up; whether writes are kept is not told over the network");
    lines.entry(
        "time",
        "connected in %s, answered in %s"
            .formatted(
                millisText(exchange.connecting().toNanos()),
                millisText(exchange.elapsed().toNanos())));
    if (tls == null) {
      lines.entry("port", inClear(exchange.replies().get(0)));
    } else {
      lines.entry("port", "%s, %s".formatted(tls.version(), tls.cipherSuite()));
      lines.entry("", "SHA-256 " + tls.fingerprint());
      lines.entry("", "certificate until " + StatusLines.time(tls.expires()));
      asked(tls.clientCertificate()).ifPresent(text -> lines.entry("", text));
      expiry(tls.expires()).forEach(note -> lines.entry("note", note));
    }
    return lines.all();
  }

  /** An X in clear comes from the TLS port too. */
  private String inClear(Reply reply) {
    return reply instanceof Reply.Rejected && options.server.mayBeTlsPortInClear()
        ? "plain, or that of TLS, which answers X to what comes in clear: if so, add --tls"
        : "plain";
  }

  private static Optional<String> asked(TlsDetails.ClientCertificate certificate) {
    return switch (certificate) {
      case NOT_ASKED -> Optional.empty();
      case NOT_SHOWN -> Optional.of("asked for a client certificate, and took none");
      case SHOWN -> Optional.of("asked for a client certificate, and took the one given");
    };
  }

  private static List<String> expiry(Instant expires) {
    List<String> notes = new ArrayList<>();
    Duration left = Duration.between(Instant.now(), expires);
    if (left.isNegative()) {
      notes.add(
          "the certificate has expired: renew it; the server shows a new one without a restart");
    } else if (left.toDays() < EXPIRY_DAYS_NOTED) {
      notes.add(
          "the certificate expires in %d days: renew it; the server shows a new one without a restart"
              .formatted(left.toDays()));
    }
    return notes;
  }
}
