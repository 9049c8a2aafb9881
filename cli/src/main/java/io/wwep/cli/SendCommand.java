package io.wwep.cli;

import io.wwep.board.LineEnds;
import io.wwep.client.RawExchange;
import io.wwep.client.TlsDetails;
import io.wwep.client.WwepClient;
import io.wwep.protocol.Reply;
import io.wwep.protocol.WireText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep send}: sends bytes as they are, legal or not, and shows what comes back. */
@Command(
    name = "send",
    header = "Send bytes as they are, and show what comes back.",
    description = {
      "  wwep send W0FAC0B1234",
      "  wwep send 'W0FAC0B1234\\x00'            a string with its terminating NUL",
      "  wwep send W0FAC0B1234 R0FAC0B          two frames in one go, two replies",
      "  wwep send --insecure R0FAC0B           with TLS: also version, suite, fingerprint"
    })
final class SendCommand extends ClientCommand {

  private static final int REPLIES_BY_ARGUMENTS = -1;
  private static final Pattern LINE_END = Pattern.compile("[\\r\\n]");
  private static final Pattern BEHIND_LINE_END = Pattern.compile("(?<=[\\r\\n])(?![\\r\\n])");

  @Parameters(
      arity = "1..*",
      paramLabel = "BYTES",
      description = {
        "Text with \\xNN, \\r, \\n, \\t, \\0 and \\\\ for other bytes.",
        "Several are sent in one go, with nothing between them."
      })
  List<String> texts;

  @Option(
      names = "--replies",
      paramLabel = "N",
      converter = Numbers.Replies.class,
      description = "Wait for so many replies, 0 until the server closes (one for each BYTES).")
  Integer replies = REPLIES_BY_ARGUMENTS;

  SendCommand(Console console) {
    super(console);
  }

  @Override
  int ask(WwepClient client) {
    byte[] bytes = bytes();
    int wanted = replies == REPLIES_BY_ARGUMENTS ? texts.size() : replies;
    RawExchange exchange = exchange(client, bytes, wanted);
    boolean rejected = exchange.replies().stream().anyMatch(Reply.Rejected.class::isInstance);
    // A server closes behind an illegal frame; what was sent after it has no reply.
    boolean mayClose = wanted == 0 || rejected;
    boolean replied = LineEnds.isReplied(exchange, wanted);
    String problem = replied ? null : problem(exchange, client.endpoint(), mayClose);
    Json json =
        json(problem != null ? "none" : rejected ? "X" : "A")
            .put("sent", WireText.show(bytes))
            .put("received", exchange.receivedText())
            .put("replies", exchange.replies().stream().map(SendCommand::text).toList())
            .put("ending", Words.word(replied ? RawExchange.Ending.REPLIED : exchange.ending()))
            .put("connectMillis", millis(exchange.connecting().toNanos()))
            .put("replyMillis", millis(exchange.elapsed().toNanos()))
            .putIfPresent("tls", exchange.tls().map(SendCommand::tls).orElse(null));
    if (!options.json) {
      show(exchange, replied);
    }
    if (problem != null) {
      return fail(json.put("error", "no-reply"), problem, ExitCode.NO_ANSWER);
    }
    int code = rejected ? ExitCode.REJECTED : ExitCode.OK;
    if (options.json) {
      console.print(json.put("exitCode", code).toString());
    }
    return code;
  }

  private byte[] bytes() {
    try {
      return WireText.parse(String.join("", texts));
    } catch (IllegalArgumentException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  private static RawExchange exchange(WwepClient client, byte[] bytes, int wanted) {
    try {
      return client.exchange(bytes, wanted);
    } catch (IllegalArgumentException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  private void show(RawExchange exchange, boolean replied) {
    if (exchange.received().length > 0) {
      lines(exchange, replied).forEach(console::print);
    }
    console.print(
        "%s, connected in %s"
            .formatted(
                millisText(exchange.elapsed().toNanos()),
                millisText(exchange.connecting().toNanos())));
    exchange
        .tls()
        .ifPresent(
            tls ->
                console.print(
                    "%s, %s, SHA-256 %s"
                        .formatted(tls.version(), tls.cipherSuite(), tls.fingerprint())));
  }

  /** The replies one by one where there is nothing else, and otherwise all that came as it is. */
  private static List<String> lines(RawExchange exchange, boolean replied) {
    String received = new String(exchange.received(), StandardCharsets.ISO_8859_1);
    if (!replied) {
      return List.of(exchange.receivedText());
    }
    if (!LINE_END.matcher(received).find()) {
      return exchange.replies().stream().map(SendCommand::text).toList();
    }
    return BEHIND_LINE_END
        .splitAsStream(received)
        .map(each -> WireText.show(each.getBytes(StandardCharsets.ISO_8859_1)))
        .toList();
  }

  private static String text(Reply reply) {
    if (reply instanceof Reply.Accepted accepted) {
      return "A%s%04X".formatted(accepted.id(), accepted.value());
    }
    String explanation = ((Reply.Rejected) reply).explanation();
    return explanation.isEmpty() ? "X" : "X " + explanation;
  }

  private static Json tls(TlsDetails tls) {
    return new Json()
        .put("version", tls.version())
        .put("cipherSuite", tls.cipherSuite())
        .put("fingerprint", tls.fingerprint())
        .put("clientCertificate", Words.word(tls.clientCertificate()));
  }

  /** Returns what went wrong with the exchange and what to do, or null. */
  private static String problem(RawExchange exchange, String server, boolean mayClose) {
    int count = exchange.replies().size();
    String why = exchange.suspicion().map(", "::concat).orElse(": its console or log says why");
    return switch (exchange.ending()) {
      case REPLIED -> null;
      case CLOSED ->
          mayClose ? null : "%s closed after %d complete replies%s".formatted(server, count, why);
      case TIMED_OUT ->
          "%s sent %d complete replies within the timeout: is it a WWEP server, and are the frames complete? A longer --timeout helps a slow one"
              .formatted(server, count);
      case BROKEN ->
          "the connection to %s broke (%s)%s"
              .formatted(server, exchange.problem().orElse("no reason given"), why);
      case NOT_WWEP ->
          (LineEnds.isAllThatIsForeign(exchange)
                  ? "%s puts a line end behind each reply, so that only the first can be waited for: send the frames one by one"
                  : "%s sent something that no WWEP server sends: check --host and --port")
              .formatted(server);
      case TOO_MUCH -> "%s sent more than 64 KiB: check --host and --port".formatted(server);
    };
  }
}
