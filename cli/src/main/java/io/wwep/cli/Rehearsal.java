package io.wwep.cli;

import io.wwep.server.TransportLibraries;
import io.wwep.store.sqlite.NativeLibrary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the launcher does once after a build, so that every later start is quick: puts the native
 * libraries where they need not be unpacked again, and plays a server and its clients through once
 * while Java takes down which classes that needs.
 */
final class Rehearsal {

  private static final Pattern PORT = Pattern.compile("(plain|TLS) +port (\\d+)");

  /** A build must not hang because a rehearsal does. */
  private static final long SECONDS_MAX = 60;

  private static final long POLL_MILLIS = 5;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private Rehearsal() {}

  /**
   * Rehearses, and ends the process: with 0 when all went well.
   *
   * @param args the directory for the native libraries
   */
  public static void main(String[] args) throws Exception {
    Thread watch = new Thread(Rehearsal::giveUpInTime, "wwep-watch");
    watch.setDaemon(true);
    watch.start();
    QuietLogging.install();
    unpack(Files.createDirectories(Path.of(args[0])));
    HeadStart.of("serve");
    Main.reportEndsOfThreads(Console.ofProcess());
    Path data = Files.createTempDirectory("wwep-rehearsal");
    boolean well;
    try {
      well = new Rehearsal().play(data);
    } finally {
      delete(data);
    }
    System.exit(well ? ExitCode.OK : 1);
  }

  /** A library appears whole or not at all: another process may be about to load it. */
  private static void unpack(Path libraries) throws IOException {
    Path fresh = Files.createTempDirectory(libraries, "new");
    NativeLibrary.unpackTo(fresh);
    TransportLibraries.unpackTo(fresh);
    try (Stream<Path> files = Files.list(fresh)) {
      for (Path each : files.toList()) {
        Path place = libraries.resolve(each.getFileName());
        Files.move(each, place, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    Files.delete(fresh);
  }

  private static void giveUpInTime() {
    try {
      TimeUnit.SECONDS.sleep(SECONDS_MAX);
      Runtime.getRuntime().halt(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts a server twice, as the first start of a user and each later one, and talks to it. */
  private boolean play(Path data) throws InterruptedException {
    boolean first = serveOnce(data);
    boolean later = first && serveOnce(data);
    return later && run("--version") == ExitCode.OK;
  }

  private boolean serveOnce(Path data) throws InterruptedException {
    printed.reset();
    Addresses.reachable(null);
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    Thread server = new Thread(() -> ended.complete(run(serveOf(data))), "wwep-rehearsal-server");
    server.start();
    String plain = awaitPort("plain", ended);
    String secure = awaitPort("TLS", ended);
    boolean understood =
        run("write", "--port", plain, "0FAC", "0B", "1234") == ExitCode.OK
            && run("read", "--port", plain, "0FAC", "0B") == ExitCode.OK
            && run("read", "--tls", "--insecure", "--port", secure, "0FAC", "0B") == ExitCode.OK;
    // Not part of a good rehearsal: not every file system has the socket that it needs.
    run("status", "--data", data.toString());
    server.interrupt();
    return ended.join() == ExitCode.OK && understood;
  }

  private static String[] serveOf(Path data) {
    return new String[] {
      "serve",
      "--bind",
      "127.0.0.1",
      "--port",
      "0",
      "--tls-port",
      "0",
      "--http",
      "127.0.0.1:0",
      "--data",
      data.toString()
    };
  }

  private String awaitPort(String door, CompletableFuture<Integer> ended)
      throws InterruptedException {
    while (!ended.isDone()) {
      Matcher ports = PORT.matcher(printed.toString(StandardCharsets.UTF_8));
      while (ports.find()) {
        if (ports.group(1).equals(door)) {
          return ports.group(2);
        }
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IllegalStateException("the server ended with exit code " + ended.join());
  }

  private int run(String... args) {
    Output err = new Output(System.err, StandardCharsets.UTF_8, () -> false);
    Output out = new Output(printed, StandardCharsets.UTF_8, () -> false);
    Console real = Console.ofProcess();
    Console console =
        new Console(InputStream.nullInputStream(), out, err, false, false, real.unicode());
    return Main.run(console, args);
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
