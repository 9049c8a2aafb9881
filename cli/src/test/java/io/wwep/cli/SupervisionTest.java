package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.server.ServerConfig;
import io.wwep.server.WwepServer;
import io.wwep.store.Batch;
import io.wwep.store.ForwardingStore;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import io.wwep.store.StoreHealth;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What systemd is told, received by a program in another language. */
@Timeout(60)
class SupervisionTest {

  private static final ServerConfig CONFIG =
      ServerConfig.onFreePorts().withPorts(0, ServerConfig.NOT_SERVED);

  @TempDir private Path directory;

  @BeforeEach
  void assumeLinux() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "systemd is on Linux only");
  }

  @Test
  void shouldTellWhenItIsReadyAndWhenItStops() throws Exception {
    try (Receiver systemd = new Receiver(directory.resolve("notify").toString());
        WwepServer server = WwepServer.start(CONFIG, new MemoryStore(), null)) {
      Supervision supervision = supervise(server, new MemoryStore(), systemd.environment());
      assertThat(supervision.notes()).isEmpty();
      supervision.ready();
      systemd.await("READY=1\\nSTATUS=serving\\n");
      supervision.close();
      systemd.await("STOPPING=1\\nSTATUS=stopping\\n");
      assertThat(systemd.received()).hasSize(2);
    }
  }

  @Test
  void shouldKnowAbstractNames() throws Exception {
    String name = "@wwep-test-" + ProcessHandle.current().pid();
    try (Receiver systemd = new Receiver(name);
        WwepServer server = WwepServer.start(CONFIG, new MemoryStore(), null);
        Supervision supervision = supervise(server, new MemoryStore(), systemd.environment())) {
      supervision.ready();
      systemd.await("READY=1\\nSTATUS=serving\\n");
    }
  }

  @Test
  void shouldNotSayThatItLivesWhileALoopIsStuck() throws Exception {
    TroubledStore store = new TroubledStore();
    try (Receiver systemd = new Receiver(directory.resolve("notify").toString());
        WwepServer server = WwepServer.start(CONFIG, store, null);
        Supervision supervision = supervise(server, store, systemd.watching("100000"))) {
      supervision.ready();
      systemd.await("WATCHDOG=1\\n");
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.plainPort())) {
        client.getOutputStream().write("R0FAC0B".getBytes(StandardCharsets.US_ASCII));
        store.held.await();
        systemd.await("STATUS=event loop 1 has not turned for 2 s");
        int signsOfLife = systemd.count("WATCHDOG=1\\n");
        // Sixty of its intervals, in which it asks again.
        await()
            .during(Duration.ofSeconds(3))
            .atMost(Duration.ofSeconds(6))
            .until(() -> systemd.count("WATCHDOG=1\\n") == signsOfLife);
        store.release.countDown();
        await().until(() -> systemd.count("WATCHDOG=1\\n") > signsOfLife);
      }
      systemd.await("STATUS=serving\\n");
    }
  }

  @Test
  void shouldSayThatItLivesAndThatWritesFailWhileTheDiskIsFull() throws Exception {
    TroubledStore store = new TroubledStore();
    store.health = new StoreHealth(7, null, Instant.now(), "the disk is full", true, Duration.ZERO);
    try (Receiver systemd = new Receiver(directory.resolve("notify").toString());
        WwepServer server = WwepServer.start(CONFIG, store, null);
        Supervision supervision = supervise(server, store, systemd.watching("100000"))) {
      supervision.ready();
      systemd.await("WATCHDOG=1\\n");
      systemd.await("STATUS=writes fail since ");
    }
  }

  @Test
  void shouldNotWatchAProcessThatIsNotMeant() throws Exception {
    try (Receiver systemd = new Receiver(directory.resolve("notify").toString());
        WwepServer server = WwepServer.start(CONFIG, new MemoryStore(), null)) {
      Map<String, String> ofAnother =
          Map.of("NOTIFY_SOCKET", systemd.name, "WATCHDOG_USEC", "1000", "WATCHDOG_PID", "1");
      try (Supervision supervision = supervise(server, new MemoryStore(), ofAnother)) {
        supervision.ready();
        systemd.await("READY=1");
      }
      systemd.await("STOPPING=1");
      assertThat(systemd.count("WATCHDOG=1\\n")).isZero();
    }
  }

  @Test
  void shouldSaySoWhenItCannotTellSystemd() {
    try (WwepServer server = WwepServer.start(CONFIG, new MemoryStore(), null);
        Supervision supervision =
            supervise(server, new MemoryStore(), Map.of("NOTIFY_SOCKET", "vsock:2:1234"))) {
      assertThat(supervision.notes()).hasSize(1);
      assertThat(supervision.notes().get(0))
          .contains("systemd cannot be told", "vsock:2:1234", "Type=exec", "WatchdogSec");
      supervision.ready();
    }
  }

  private static Supervision supervise(
      WwepServer server, Store store, Map<String, String> environment) {
    return new Supervision(server, store, null, environment);
  }

  /** systemd's end of the socket, in Python; a line for each datagram. */
  private static final class Receiver implements AutoCloseable {

    private static final String PROGRAM =
        """
        import socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        name = sys.argv[1]
        s.bind('\\0' + name[1:] if name[0] == '@' else name)
        print('bound', flush=True)
        while True:
            print(s.recv(4096).decode().replace('\\n', '\\\\n'), flush=True)
        """;

    private final String name;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Receiver(String name) throws IOException {
      this.name = name;
      assumeTrue(
          new ProcessBuilder("sh", "-c", "command -v python3").start().onExit().join().exitValue()
              == 0,
          "python3 is not installed");
      process = new ProcessBuilder("python3", "-c", PROGRAM, name).start();
      Thread reader =
          new Thread(
              () -> {
                BufferedReader text = process.inputReader(StandardCharsets.UTF_8);
                text.lines().forEach(lines::add);
              });
      reader.setDaemon(true);
      reader.start();
      await("bound");
      lines.clear();
    }

    Map<String, String> environment() {
      return Map.of("NOTIFY_SOCKET", name);
    }

    Map<String, String> watching(String micros) {
      String pid = String.valueOf(ProcessHandle.current().pid());
      return Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid);
    }

    List<String> received() {
      return List.copyOf(lines);
    }

    int count(String line) {
      return (int) lines.stream().filter(line::equals).count();
    }

    void await(String beginning) {
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> lines.stream().anyMatch(line -> line.startsWith(beginning)));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** Holds the loop that hands it a batch. */
  private static final class TroubledStore extends ForwardingStore {

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile StoreHealth health = StoreHealth.GOOD;

    TroubledStore() {
      super(new MemoryStore());
    }

    @Override
    public void execute(Batch batch) {
      held.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      super.execute(batch);
    }

    @Override
    public StoreHealth health() {
      return health;
    }
  }
}
