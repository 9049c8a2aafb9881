package io.wwep.lesson;

import io.wwep.board.Board;
import io.wwep.board.BoardBuilder;
import io.wwep.board.MacAddress;
import io.wwep.certs.Identity;
import io.wwep.client.Trust;
import io.wwep.server.ServerEvent;
import io.wwep.testkit.MutualTls;
import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * What the exercises are done with: a server with its class, certificates, a C compiler where there
 * is one, and a folder that is gone in the end. All on the loopback address. One thread.
 */
final class Workshop implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  /** The virtual board's; its octets add up to 018C. */
  static final MacAddress MAC = MacAddress.parse("00:A0:50:12:34:56");

  /** The board's in C; its octets add up to 018D. */
  static final MacAddress MAC_IN_C = MacAddress.parse("00:A0:50:12:34:57");

  /** Longer than a board's, as a lesson is no proof of a machine's speed. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Path directory;
  private final Thread cleaner;
  private final TestServer server;
  private final Identity wrong;
  private final Compiler compiler;
  private final ClassList list;

  Workshop() {
    try {
      directory = Files.createTempDirectory("wwep-lesson");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made: make room there", e);
    }
    cleaner = new Thread(this::clean, "lesson-cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner);
    server = TestServer.start();
    wrong = server.identity().counterfeit().ec();
    compiler = Compiler.in(directory);
    list = new ClassList(server, MAC.deviceId());
  }

  TestServer server() {
    return server;
  }

  Compiler compiler() {
    return compiler;
  }

  ClassList list() {
    return list;
  }

  /** Returns a PEM file with the server's root certificates. */
  Path root() {
    return server.caFile();
  }

  Trust trust() {
    return Trust.caFile(root());
  }

  /** Returns the files of the server's certificate and its key. */
  List<Path> certificateAndKey() {
    return server.identity().files().subList(0, 2);
  }

  /** Returns what a server shows its certificate and key with. */
  SSLContext tls() {
    return context(server.identity().ec());
  }

  /** Returns the same with a certificate that looks like it, and that nobody has signed. */
  SSLContext wrongTls() {
    return context(wrong);
  }

  private static SSLContext context(Identity identity) {
    return MutualTls.context(identity, identity.certificate());
  }

  /** Returns the virtual board, on the server. */
  BoardBuilder board() {
    return Board.builder(HOST)
        .plainPort(server.plainPort())
        .tlsPort(server.tlsPort())
        .mac(MAC)
        .replyTimeout(PATIENCE);
  }

  /** Returns how many events of the server there are until now. */
  int mark() {
    return server.events().size();
  }

  /**
   * Returns the messages that came to the server since then, with their replies.
   *
   * @param count how many are waited for, since the server tells of them a moment later
   */
  List<ServerEvent.Transaction> since(int mark, int count) {
    await(() -> since(mark).size() >= count);
    return since(mark);
  }

  /** Waits for a while until something is so; returns whether it is. */
  boolean await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return condition.getAsBoolean();
  }

  private List<ServerEvent.Transaction> since(int mark) {
    List<ServerEvent> events = server.events();
    return events.subList(mark, events.size()).stream()
        .filter(ServerEvent.Transaction.class::isInstance)
        .map(ServerEvent.Transaction.class::cast)
        .toList();
  }

  @Override
  public void close() {
    list.close();
    server.close();
    clean();
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException ending) {
      // Then it has run, or runs now.
    }
  }

  private void clean() {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(Workshop::delete);
    } catch (IOException e) {
      // The system empties its folder of temporary files.
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // As above.
    }
  }
}
