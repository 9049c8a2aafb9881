package io.wwep.cli;

import io.wwep.client.WwepClient;
import io.wwep.client.WwepException;
import io.wwep.keylog.KeyLog;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Wwep;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;

/**
 * A command that asks a server: values go to standard output, reasons to standard error. With
 * {@code --json} standard output gets exactly one object, whatever happens.
 */
abstract class ClientCommand implements Callable<Integer> {

  private static final double MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  final Console console;
  private long startNanos;

  @Mixin ClientOptions options;
  @Mixin HelpOption help;

  ClientCommand(Console console) {
    this.console = console;
  }

  @Override
  public final Integer call() {
    startNanos = System.nanoTime();
    try (KeyLog keys = options.keyLog.open(console, options.server.usesTls());
        WwepClient client = options.client(keys)) {
      return ask(client);
    } catch (WwepException e) {
      return noAnswer(e);
    } catch (CliException e) {
      return fail(json("none").put("error", "usage"), e.getMessage(), ExitCode.USAGE);
    }
  }

  /** Asks, and prints what came back; returns the exit code. */
  abstract int ask(WwepClient client);

  /** Begins the object that tells the result: A, X or none. */
  final Json json(String result) {
    return new Json().put("result", result);
  }

  /** Prints a good result: the object, or the lines. */
  final int succeed(Json json, List<String> lines) {
    if (options.json) {
      console.print(end(json, ExitCode.OK).toString());
    } else {
      lines.forEach(console::print);
    }
    return ExitCode.OK;
  }

  /** Prints what a register holds. */
  final int holds(RegisterId id, int value) {
    String digits = RegisterJson.value(value);
    Json json = RegisterJson.put(json("A"), id).put("value", digits).put("number", value);
    return succeed(json, List.of(digits));
  }

  /** Prints a reason, and the object where one is asked for. */
  final int fail(Json json, String reason, int exitCode) {
    if (options.json) {
      console.print(end(json.put("reason", reason), exitCode).toString());
    }
    console.fail(reason);
    return exitCode;
  }

  /**
   * Returns what an X to a read means, the likeliest first: on the wire a refusal looks like a
   * register that nobody wrote.
   *
   * @param explanation what a server that explains sent behind the X, or empty
   * @param unwritten says that nobody wrote it, and the cure
   */
  final String whyRejected(String explanation, String unwritten) {
    if (explanation.equals(RejectCode.NOT_WRITTEN.word())) {
      return "X: " + unwritten;
    }
    String reason =
        explanation.isEmpty()
            ? "X: probably %s; or the server refused, and its console or log says why"
                .formatted(unwritten)
            : "X (%s): the server did not take the read, its console or log says why"
                .formatted(explanation);
    return reason + tlsHint(explanation);
  }

  /** Returns what to add behind a rejection that may be due to the lack of TLS, or nothing. */
  private String tlsHint(String explanation) {
    boolean lacksTls =
        explanation.isEmpty()
            ? options.server.mayBeTlsPortInClear()
            : explanation.equals(RejectCode.PLAIN_ON_TLS_PORT.word());
    int port = options.server.port == null ? Wwep.PLAIN_PORT : options.server.port;
    return lacksTls ? "; if port %d is the TLS port, add --tls".formatted(port) : "";
  }

  private Json end(Json json, int exitCode) {
    return json.put("millis", millis(System.nanoTime() - startNanos)).put("exitCode", exitCode);
  }

  /** Returns a time with three decimals, as a number. */
  static Object millis(long nanos) {
    return Math.round(nanos / MILLI_NANOS * 1000) / 1000.0;
  }

  /** Returns a time for people, as in {@code 1.3 ms}. */
  static String millisText(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / MILLI_NANOS);
  }

  private int noAnswer(WwepException e) {
    boolean rejected = e instanceof WwepException.Rejected;
    Json json = json(rejected ? "X" : "none").put("error", word(e));
    String hint = "";
    if (e instanceof WwepException.Rejected x) {
      json.putIfPresent("explanation", x.explanation());
      hint = tlsHint(x.explanation());
    }
    if (e instanceof WwepException.NotTrusted distrust) {
      json.putIfPresent("fingerprint", distrust.fingerprint().orElse(null));
    }
    if (e.mayHaveTakenEffect()) {
      json.put("mayBeStored", true);
    }
    return fail(json, e.getMessage() + hint, exitCode(e));
  }

  private static String word(WwepException e) {
    String name = e.getClass().getSimpleName();
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private static int exitCode(WwepException e) {
    if (e instanceof WwepException.Rejected) {
      return ExitCode.REJECTED;
    }
    return e instanceof WwepException.NotTrusted || e instanceof WwepException.NotAdmitted
        ? ExitCode.NOT_TRUSTED
        : ExitCode.NO_ANSWER;
  }
}
