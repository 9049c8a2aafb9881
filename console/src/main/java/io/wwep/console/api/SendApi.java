package io.wwep.console.api;

import static io.wwep.console.rest.Schema.member;
import static io.wwep.console.rest.Schema.nullable;
import static io.wwep.console.rest.Schema.number;
import static io.wwep.console.rest.Schema.object;
import static io.wwep.console.rest.Schema.optional;
import static io.wwep.console.rest.Schema.text;
import static io.wwep.console.rest.Schema.whole;
import static io.wwep.console.rest.Schema.words;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import io.wwep.console.http.Problem;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Schema;
import io.wwep.protocol.Neighbors;
import io.wwep.protocol.Rejection;
import io.wwep.protocol.Request;
import io.wwep.protocol.WireText;
import io.wwep.server.ServerConfig;
import io.wwep.server.WwepServer;
import io.wwep.server.access.Decision;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sends bytes to the server as a board would, legal or not, and shows what comes back.
 *
 * <p>For the port they come from this machine, which a policy may trust more than the visitor's; so
 * what they ask for is first held against what the visitor may do.
 */
final class SendApi {

  /** Many frames, and fewer than one read of the server takes. */
  private static final int MESSAGE_BYTES_MAX = 4_096;

  /** A class that presses its buttons all at once. */
  private static final int UNDER_WAY_MAX = 64;

  private static final int CONNECT_MILLIS_MAX = 2_000;
  private static final byte[] NOTHING = {};
  private static final double NANOS_OF_MILLI = 1_000_000;
  private static final String TLS = "tls";
  private static final String OWN = "own";
  private static final String ANYBODY = "anybody";
  private static final String ANOTHER = "another";
  private static final String REPLY_MILLIS = "replyMillis";

  private static final Schema MESSAGE =
      object(
          "Message",
          member(
              "message",
              text("with \\xNN, \\r, \\n, \\t, \\0 and \\\\ for bytes that cannot be typed")),
          member("door", words("plain", TLS)),
          optional(
              "trust",
              new Schema.Text(
                  "whose certificate is taken over TLS: the server's own, as where nothing is said; anybody's, unseen; or another one alone, so that the handshake fails",
                  null,
                  List.of(OWN, ANYBODY, ANOTHER))),
          optional(
              REPLY_MILLIS,
              whole(
                  "how long a reply is waited for; as long as can be where nothing is said",
                  1,
                  TestSend.MILLIS_MAX)));

  private static final Schema ANSWER =
      object(
          "Answer",
          member("sent", text("as the log shows it")),
          member("bytes", whole("how many were sent", 0, MESSAGE_BYTES_MAX)),
          member("reply", text("all that came back, as the log shows it")),
          member("millis", nullable(number("until its first byte; null where none came"))),
          optional("tls", text("the version that was agreed on, as in TLSv1.3")),
          optional("code", text("why the first X, as in too-long; or tls-failed")),
          optional("sentence", text("cause and cure of it")),
          optional(
              "wrongByte",
              whole("which of the sent bytes is wrong, from 0", 0, MESSAGE_BYTES_MAX)));

  private final Vertx vertx;
  private final WwepServer server;
  private final Explanations explanations;
  private final Permit permit;
  private final SendRate rate = new SendRate(System::nanoTime);
  private final NetClient client;
  private final Map<String, ClientSSLOptions> byTrust;
  private int underWay;

  SendApi(Vertx vertx, WwepServer server, Explanations explanations, Permit permit) {
    this.vertx = vertx;
    this.server = server;
    this.explanations = explanations;
    this.permit = permit;
    client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS_MAX));
    byTrust =
        Map.of(
            OWN, tls(BoardTrust.inOwn(server::identity)),
            ANYBODY, tls(BoardTrust.inAnybody()),
            ANOTHER, tls(BoardTrust.inAnother()));
  }

  private static ClientSSLOptions tls(BoardTrust trust) {
    ClientSSLOptions options = new ClientSSLOptions();
    options
        .setHostnameVerificationAlgorithm("")
        .setTrustOptions(trust)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
    return options;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.change(
                HttpMethod.POST,
                Shapes.ROOT + "/send",
                "Sends a message to the server's own port, as a board would.")
            .forSenders()
            .takesBody(MESSAGE)
            .gives(ANSWER)
            .problems(403, 429, 503)
            .does(this::send));
  }

  private void send(Call call) {
    boolean overTls = call.body().getString("door").equals(TLS);
    byte[] bytes = bytes(call.body().getString("message"));
    int port = overTls ? server.tlsPort() : server.plainPort();
    if (port == ServerConfig.NOT_SERVED) {
      throw Problem.badRequest(
              "door %s is not served: take the other one".formatted(overTls ? TLS : "plain"))
          .exception();
    }
    SentFrames frames =
        SentFrames.of(bytes, overTls, new Neighbors(server.plainPort(), server.tlsPort(), null));
    requireAllowed(call, frames.requests());
    send(
        call,
        bytes,
        frames,
        port,
        overTls ? byTrust.get(call.body().getString("trust", OWN)) : null);
  }

  /** One that is denied keeps the others back: a message is sent as it is or not at all. */
  private void requireAllowed(Call call, List<Request> requests) {
    for (Request each : requests) {
      Decision decision =
          permit.decide(call.visitor(), each instanceof Request.Write, each.id().address());
      if (!decision.allowed()) {
        throw Problem.denied(decision.reason()).exception();
      }
    }
  }

  private void send(Call call, byte[] bytes, SentFrames frames, int port, ClientSSLOptions tls) {
    if (underWay >= UNDER_WAY_MAX) {
      throw Problem.limited(
              "%d messages are under way: send it again in a moment".formatted(UNDER_WAY_MAX), 1)
          .exception();
    }
    rate.take(call.visitor());
    underWay++;
    long replyMillis = call.body().getInteger(REPLY_MILLIS, TestSend.MILLIS_MAX);
    new TestSend(vertx, explanations, bytes, frames.replies(), replyMillis)
        .through(client, SocketAddress.inetSocketAddress(port, host()), tls)
        .onComplete(done -> underWay--)
        .onSuccess(result -> call.reply(json(bytes, result, frames)))
        .onFailure(
            failure ->
                call.fail(
                    Problem.busy(
                        "the server's own port cannot be used (%s): look at the live view, or try the other port"
                            .formatted(failure.getMessage()))));
  }

  private static byte[] bytes(String message) {
    byte[] bytes;
    try {
      bytes = WireText.parse(message);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("message has an " + e.getMessage()).exception();
    }
    if (bytes.length < 1 || bytes.length > MESSAGE_BYTES_MAX) {
      throw Problem.badRequest(
              "message has %d bytes: send 1 to %d".formatted(bytes.length, MESSAGE_BYTES_MAX))
          .exception();
    }
    return bytes;
  }

  /** A server on all interfaces is reached at this one too. */
  private String host() {
    String bound = server.config().bindAddress();
    return bound == null ? "127.0.0.1" : bound;
  }

  private static JsonObject json(byte[] bytes, TestSend.Result result, SentFrames frames) {
    JsonObject json =
        new JsonObject()
            .put("sent", WireText.show(bytes))
            .put("bytes", bytes.length)
            .put("reply", WireText.show(result.received().getBytes()))
            .put("millis", result.nanos() < 0 ? null : result.nanos() / NANOS_OF_MILLI);
    if (result.tls() != null) {
      json.put("tls", result.tls());
    }
    Rejection why = why(result, frames);
    if (why == null) {
      return json;
    }
    json.put("code", why.code().word()).put("sentence", why.sentence());
    // The server tells of its frame alone, and it may not be the first one.
    return why.wrongByte() == Rejection.NO_BYTE || frames.wrongByte() == Rejection.NO_BYTE
        ? json
        : json.put("wrongByte", frames.wrongByte());
  }

  private static Rejection why(TestSend.Result result, SentFrames frames) {
    if (result.explanation() != null) {
      return result.explanation();
    }
    if (result.brokenTls() != null) {
      return Rejection.tlsFailed(
          "TLS failed before anything was sent (%s): the live view may know more"
              .formatted(result.brokenTls()),
          NOTHING);
    }
    return result.rejected() ? frames.firstRejection() : null;
  }
}
