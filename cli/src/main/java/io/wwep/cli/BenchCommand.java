package io.wwep.cli;

import io.wwep.bench.Bench;
import io.wwep.bench.BenchException;
import io.wwep.bench.HtmlReport;
import io.wwep.bench.Load;
import io.wwep.bench.Result;
import io.wwep.bench.Target;
import io.wwep.protocol.Wwep;
import io.wwep.store.StoreException;
import io.wwep.store.sqlite.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wwep bench}: loads a server and tells how fast it answers. */
@Command(
    name = "bench",
    header = "Load a server, and tell how fast it answers.",
    description = {
      "  wwep bench                                  50 connections that read, for 10 s",
      "  wwep bench --writes 100 --pipeline 64       as many writes as it takes",
      "  wwep bench --rate 20000 --report load.html  what users feel at 20,000 requests a second",
      "  wwep bench --one-shot --insecure            a TLS handshake for each request"
    })
final class BenchCommand implements Callable<Integer> {

  private final Console console;

  @Mixin ServerOptions server;

  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = Numbers.LoadConnections.class,
      description = "Connections that send requests (50).")
  Integer connections = Load.DEFAULT.connections();

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      converter = Numbers.Pipeline.class,
      description = "Requests in flight on each connection (1).")
  Integer pipeline = Load.DEFAULT.pipeline();

  @Option(
      names = "--writes",
      paramLabel = "PERCENT",
      converter = Numbers.Percent.class,
      description = {
        "Share of writes (0). They overwrite the registers of the last device IDs, those of",
        "--devices and --registers; all of these are written once before the start."
      })
  Integer writes = 0;

  @Option(
      names = "--devices",
      paramLabel = "N",
      converter = Numbers.Devices.class,
      description = "Use the last N device IDs (1000, which are FC18 to FFFF).")
  Integer devices = Load.DEFAULT.devices();

  @Option(
      names = "--registers",
      paramLabel = "N",
      converter = Numbers.Registers.class,
      description = "Use N registers of each device (16).")
  Integer registers = Load.DEFAULT.registers();

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = Numbers.Rate.class,
      description = {
        "Open loop: N requests a second in all, whatever the server does. Latency counts from",
        "the time a request was due. Without it each reply is followed by the next request."
      })
  Integer rate;

  @Option(names = "--one-shot", description = "A connection for each request.")
  boolean oneShot;

  @Option(names = "--resume", description = "With --one-shot and TLS: resume the session.")
  boolean resume;

  @Option(
      names = "--idle",
      paramLabel = "N",
      converter = Numbers.IdleConnections.class,
      description = "Hold N more connections that do nothing (0).")
  Integer idle = 0;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Numbers.Threads.class,
      description = "Event loops that make the load (1).")
  Integer threads = 1;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      converter = Durations.OfLoad.class,
      description = "Time that is not counted (2s).")
  Duration warmup = Load.DEFAULT.warmup();

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.OfLoad.class,
      description = "Time that is (10s).")
  Duration duration = Load.DEFAULT.duration();

  @Option(names = "--json", description = "Print one JSON object at the end, also for failures.")
  boolean json;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Write a page with the rate over time and the latencies drawn.")
  Path report;

  @Option(
      names = "--allow-remote",
      description = "Load another machine. For your own servers only: it may not survive.")
  boolean allowRemote;

  @Mixin HelpOption help;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      requireSense();
      return run(target(), load());
    } catch (CliException e) {
      return fail("usage", e.getMessage(), ExitCode.USAGE);
    } catch (BenchException e) {
      return fail(word(e.kind()), e.getMessage(), exitCode(e.kind()));
    }
  }

  private void requireSense() {
    if (resume && !(oneShot && server.usesTls())) {
      throw new CliException("--resume goes with --one-shot and TLS: add them, or leave it out");
    }
  }

  private Target target() {
    boolean tls = server.usesTls();
    int port = server.port != null ? server.port : tls ? Wwep.TLS_PORT : Wwep.PLAIN_PORT;
    return Target.of(server.host.name, port, tls ? server.trust.trust() : null, allowRemote)
        .withIdentity(server.identity.identity());
  }

  private Load load() {
    return new Load(
        connections,
        pipeline,
        writes,
        devices,
        registers,
        rate == null ? 0 : rate,
        oneShot,
        resume,
        idle,
        threads,
        warmup,
        duration);
  }

  private int run(Target target, Load load) {
    requireWritable();
    Bench bench = new Bench(target, load);
    BenchPrinter printer = new BenchPrinter(console, load);
    StopSignals signals = new StopSignals(bench::stop, bench::stop);
    try {
      if (!json) {
        printer.begin(target);
      }
      Result result = bench.run(json ? second -> {} : printer::second);
      writeReport(target, load, result);
      int code = result.faultCount() == 0 ? ExitCode.OK : ExitCode.NO_ANSWER;
      if (json) {
        console.print(BenchJson.of(target, load, result, code).toString());
      } else {
        printer.end(result, report);
      }
      return code;
    } catch (BenchException e) {
      printer.clear();
      throw e;
    } finally {
      signals.close();
    }
  }

  /** Before the load, not behind it; what an earlier report says stays until there is a new one. */
  private void requireWritable() {
    if (report != null) {
      requireForeign(report);
      writeReport("", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static void requireForeign(Path file) {
    try {
      NewFile.requireForeign(file);
    } catch (StoreException refused) {
      throw new CliException(refused.getMessage(), refused);
    }
  }

  private void writeReport(Target target, Load load, Result result) {
    if (report != null) {
      writeReport(HtmlReport.of(target, load, result));
    }
  }

  private void writeReport(String text, OpenOption... options) {
    try {
      Files.writeString(report, text, options);
    } catch (IOException e) {
      throw new CliException(
          "the report cannot be written to %s: name a file in a directory that you may write to"
              .formatted(report),
          e);
    }
  }

  private int fail(String word, String reason, int exitCode) {
    return console.fail(json ? new Json().put("error", word) : null, reason, exitCode);
  }

  private static String word(BenchException.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static int exitCode(BenchException.Kind kind) {
    return switch (kind) {
      case REFUSED -> ExitCode.USAGE;
      case UNREACHABLE, STOPPED -> ExitCode.NO_ANSWER;
      case NOT_TRUSTED, NOT_ADMITTED -> ExitCode.NOT_TRUSTED;
    };
  }
}
