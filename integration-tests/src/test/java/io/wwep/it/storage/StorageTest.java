package io.wwep.it.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.Tool;
import io.wwep.it.Visit;
import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A disk that fails, gets full or may not be written: who writes gets an X, memory keeps what was
 * acknowledged, reads go on, the console says why, and it heals by itself.
 */
@Tag("staged")
@Timeout(120)
class StorageTest {

  private static final int WRITES_TO_A_CHECKPOINT_MAX = 6_000;

  @TempDir private Path directory;

  /** What was acknowledged, as {@code 0FAC0B} to {@code 1234}. */
  private final Map<String, String> acknowledged = new LinkedHashMap<>();

  private Path database;
  private Path log;

  @BeforeEach
  void nameFiles() {
    database = directory.resolve("wwep-data").resolve("wwep.db");
    log = Path.of(database + "-wal");
  }

  private String ask(WwepProcess server, String request) throws IOException {
    return Visit.plain(null, server.plainPort()).pay(request);
  }

  private boolean write(WwepProcess server, String register, String value) throws IOException {
    String reply = ask(server, "W" + register + value);
    if (reply.startsWith("A")) {
      acknowledged.put(register, value);
    } else {
      assertThat(reply).isEqualTo("X");
    }
    return reply.startsWith("A");
  }

  private void awaitWrite(WwepProcess server, String register, String value) {
    await().atMost(Duration.ofSeconds(15)).until(() -> write(server, register, value));
  }

  private void checkAcknowledged(WwepProcess server) throws IOException {
    for (Map.Entry<String, String> register : acknowledged.entrySet()) {
      assertThat(ask(server, "R" + register.getKey()))
          .isEqualTo("A" + register.getKey() + register.getValue());
    }
  }

  private void checkAfterKill(WwepProcess server, Path data) throws Exception {
    checkAcknowledged(server);
    server.kill();
    try (WwepProcess next = WwepProcess.serve(directory, "--data", data.toString())) {
      checkAcknowledged(next);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pwrite64, EIO, check the disk",
    "pwrite64, ENOSPC, free some space",
    "fdatasync, EIO, a sync failed",
    "fdatasync, ENOSPC, a sync failed"
  })
  void shouldRejectWritesWhileTheDiskFailsAndHealByItself(String call, String error, String cure)
      throws Exception {
    FailingDisk.assumePossible();
    try (WwepProcess server = WwepProcess.serve(directory)) {
      assertThat(write(server, "0FAC0B", "1234")).isTrue();
      assertThat(write(server, "0FAC0C", "0001")).isTrue();
      new FailingDisk(database, log)
          .fail(
              server,
              call,
              error,
              () -> {
                assertThat(write(server, "0FAC0B", "5678")).isFalse();
                assertThat(write(server, "0FAC0D", "5678")).isFalse();
                assertThat(ask(server, "R0FAC0D")).isEqualTo("X");
                checkAcknowledged(server);
                server.awaitLine(line -> line.contains("storage") && line.contains(cure));
                server.awaitLine(line -> line.contains("storage fails: "));
              });
      awaitWrite(server, "0FAC0E", "9ABC");
      server.awaitLine(line -> line.contains("storage is well again: "));
      checkAfterKill(server, database.getParent());
    }
  }

  @Test
  void shouldAnswerAboutTheClassWhileTheDiskHangs() throws Exception {
    FailingDisk.assumePossible();
    Path kept = directory.resolve("wwep-data/class.json");
    Path next = Path.of(kept + ".new");
    try (WwepProcess server = WwepProcess.serve(directory, "--http", "127.0.0.1:0")) {
      new FailingDisk(next)
          .hang(
              server,
              "fsync,fdatasync",
              Duration.ofSeconds(8),
              () -> {
                assertThat(write(server, "031205", "0001")).isTrue();
                await().until(() -> Files.exists(next));
                assertThat(status(server, "/api/v1/class")).isEqualTo(200);
                assertThat(status(server, "/api/v1/boards")).isEqualTo(200);
                assertThat(next).exists();
                assertThat(kept).doesNotExist();
              });
      await().until(() -> Files.exists(kept));
      checkAcknowledged(server);
    }
  }

  private static int status(WwepProcess server, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.consoleUrl()).resolve(path))
            .timeout(Duration.ofSeconds(5))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Boards were told A already: that the disk does not have it must not stay a secret. */
  @Test
  void shouldSayThatASyncFailedWhoseWritesWereAcknowledged() throws Exception {
    FailingDisk.assumePossible();
    try (WwepProcess server = WwepProcess.serve(directory, "--fsync", "everysec")) {
      assertThat(write(server, "0FAC0B", "1234")).isTrue();
      new FailingDisk(database, log)
          .fail(
              server,
              "fdatasync",
              "EIO",
              () -> {
                assertThat(write(server, "0FAC0C", "0001")).isTrue();
                server.awaitLine(
                    line ->
                        line.contains("storage fails: ") && line.contains("may not be on disk"));
              });
      server.awaitLine(
          line -> line.contains("storage is well again: ") && line.contains("2 registers"));
      awaitWrite(server, "0FAC0D", "0002");
      checkAfterKill(server, database.getParent());
    }
  }

  @ParameterizedTest
  @CsvSource({"pwrite64", "fsync", "fdatasync"})
  void shouldKeepAllThroughAFailedCheckpoint(String call) throws Exception {
    FailingDisk.assumePossible();
    try (WwepProcess server = WwepProcess.serve(directory, "--quiet")) {
      assertThat(write(server, "0FAC0B", "1234")).isTrue();
      new FailingDisk(database)
          .fail(
              server,
              call,
              "EIO",
              () -> {
                writeUntilRejected(server, WRITES_TO_A_CHECKPOINT_MAX);
                checkAcknowledged(server);
              });
      awaitWrite(server, "0FAC0E", "9ABC");
      checkAfterKill(server, database.getParent());
    }
  }

  /** Returns how many were acknowledged, one by one, on one connection. */
  private int writeUntilRejected(WwepProcess server, int writesMax) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.plainPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(20_000);
      InputStream replies = socket.getInputStream();
      for (int number = 0; number < writesMax; number++) {
        String register = "1000%02X".formatted(number % 256);
        String value = "%04X".formatted(number);
        byte[] request = ("W" + register + value).getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(request);
        if (replies.read() != 'A') {
          return number;
        }
        assertThat(replies.readNBytes(10))
            .isEqualTo((register + value).getBytes(StandardCharsets.US_ASCII));
        acknowledged.put(register, value);
      }
    }
    return writesMax;
  }

  @Test
  void shouldRejectWritesOnAFullDiskAndHealWhenThereIsRoom() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=2m", "wwep-test", disk.toString()),
        "a small tmpfs cannot be mounted by this user");
    try {
      Path ballast = Files.write(disk.resolve("ballast"), new byte[1_000_000]);
      Path data = disk.resolve("data");
      try (WwepProcess server = WwepProcess.serve(directory, "--data", data.toString())) {
        assertThat(writeUntilRejected(server, 65_536)).isLessThan(65_536);
        server.awaitLine(line -> line.contains("the disk is full: free some space"));
        checkAcknowledged(server);
        Files.delete(ballast);
        awaitWrite(server, "0FAC0E", "9ABC");
        server.awaitLine(line -> line.contains("storage is well again: "));
        checkAfterKill(server, data);
      }
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static boolean run(String... command) throws Exception {
    return Tool.of(command).run("").exit() == 0;
  }

  /** Root may write anywhere, so it is taken that privilege. */
  @Test
  void shouldGoOnInADirectoryTurnedReadOnlyAndSayAtTheNextStartWhatIsWrong() throws Exception {
    Surroundings plainUser = Surroundings.NONE;
    if (System.getProperty("user.name").equals("root")) {
      Tool.of("setpriv", "--version");
      plainUser = plainUser.under("setpriv", "--bounding-set=-dac_override,-dac_read_search");
    }
    Path data = database.getParent();
    try (WwepProcess server = WwepProcess.serve(plainUser, directory)) {
      assertThat(write(server, "0FAC0B", "1234")).isTrue();
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-x------"));
      assertThat(write(server, "0FAC0C", "0001")).isTrue();
      checkAcknowledged(server);
      server.kill();
    }
    try (WwepProcess refused =
        WwepProcess.start(
            plainUser, directory, "serve", "--no-http", "--port", "0", "--tls-port", "0")) {
      assertThat(refused.awaitExit()).isNotZero();
      assertThat(String.join("\n", refused.errors()))
          .contains("cannot write " + data)
          .contains("permission")
          .doesNotContain("Exception");
    } finally {
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    }
    try (WwepProcess server = WwepProcess.serve(plainUser, directory)) {
      checkAcknowledged(server);
    }
  }

  @Test
  void shouldSaveWhatIsReadableWhereTheDiskDoesNotGiveAPage() throws Exception {
    FailingDisk.assumePossible();
    try (WwepProcess server = WwepProcess.serve(directory)) {
      for (int i = 0; i < 100; i++) {
        assertThat(write(server, "0FAC0B", "%04X".formatted(i))).isTrue();
      }
      server.terminate();
      assertThat(server.awaitExit()).isZero();
    }
    // The first read is of the header, the others are of a page each.
    Surroundings disk =
        Surroundings.NONE.under(
            ("strace -f -qq -o /dev/null -e trace=pread64 -e inject=pread64:error=EIO:when=3 -P "
                    + database)
                .split(" "));
    try (WwepProcess salvage = WwepProcess.start(disk, directory, "export", "--salvage")) {
      assertThat(salvage.awaitExit()).isEqualTo(5);
      assertThat(String.join("\n", salvage.errors()))
          .contains("1 pages that the disk does not give")
          .doesNotContain("Exception");
      assertThat(salvage.output()).last().asString().contains("0FAC,0B,0063");
    }
  }
}
