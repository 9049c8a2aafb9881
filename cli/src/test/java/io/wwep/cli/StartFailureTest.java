package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.certs.Identities;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which a server cannot start: one sentence, exit code 2, nothing left open. */
@Timeout(60)
class StartFailureTest {

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void name() {
    data = directory.resolve("data");
  }

  private Run serve(String... options) {
    List<String> args = new ArrayList<>(List.of("--data", data.toString()));
    args.addAll(List.of(options));
    Run run = Run.of(Serving.args(args.toArray(String[]::new)));
    assertThat(run.out()).isEmpty();
    return run;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "--prot=5, there is no option '--prot=5', did you mean '--port'? Try 'wwep help serve'",
        "--port=abc, \"--port takes a number from 0 to 65535, not 'abc': try 'wwep help serve'\"",
        "--port=70000, \"--port takes a number from 0 to 65535, not '70000'\"",
        "--tls-port=-1, --tls-port takes a number from 0 to 65535",
        "--fsync=alwys, \"--fsync takes always, everysec or never, not 'alwys', did you mean 'always'?\"",
        "--log=xml, --log takes text or json",
        "--read-only=both, \"--read-only takes none, plain, tls or all, not 'both'\"",
        "--transport=kqueue, \"--transport takes auto, io_uring, epoll or nio\"",
        "--linger=soon, \"--linger takes a whole number with ms, s, m or h, as in 150ms\"",
        "--linger=0, \"--linger takes a time from 1ms to 24h, not '0'; to close right after the first reply, use --one-shot\"",
        "--linger=25h, \"--linger takes a time from 1ms to 24h, not '25h'\"",
        "--idle-timeout=48h, \"--idle-timeout takes a time from 1ms to 24h, not '48h'\"",
        "--idle-timeout=9999999999h, \"takes a time from 1ms to 24h, not '9999999999h'\"",
        "--max-connections=0, --max-connections takes a number from 1 to 1000000",
        "--history=ever, \"--history: 'ever' is neither an age nor a number of rows: write 90d, 12h, 30m, 45s or 1000000rows: try 'wwep help serve'\"",
        "--history=999999999999d, \"'999999999999d' is beyond every history: write a number from 0 to 999999999\"",
        "--store=redis:, \"--store takes sqlite:, sqlite:FILE or memory:, not 'redis:'\"",
        "--store=sqlite:a\0b, is no file name",
        "--bind=203.0.113.9, choose another one with --bind",
        "--bind=, --bind is empty",
        "--bind=nosuch.invalid, \"'nosuch.invalid' is neither an IP address nor a name that is known here\"",
        "--bind=127.0.0.1:80, \"takes an address without a port, not '127.0.0.1:80': give the port with --port\"",
        "--bind=[::1]:80, \"takes an address without a port, not '[::1]:80'\"",
        "--data=, \"--data is empty: give a path, or leave the option out\"",
        "--cert=, --cert is empty",
        "--config=, --config is empty",
        "--data=a\0b, is none",
        "--cert=a.pem, --cert needs --key",
        "--key=a.pem, --key needs --cert",
        "more, 'more' is one argument too many",
        "--config=nowhere.toml, configuration nowhere.toml is not there",
        "--port, --port needs a value"
      })
  void shouldExplainABadOption(String option, String sentence) {
    serve(option).failsWith(ExitCode.USAGE, sentence);
  }

  @Test
  void shouldRefuseToServeNothing() {
    serve("--no-plain", "--no-tls").failsWith(ExitCode.USAGE, "nothing to serve");
  }

  @Test
  void shouldRefuseOnePortForBoth() {
    serve("--port", "4711", "--tls-port", "4711")
        .failsWith(ExitCode.USAGE, "are both 4711: give them different numbers");
  }

  @Test
  void shouldNameTheOptionOfAPortInUseAndCloseEverything() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());
      serve("--tls-port", port)
          .failsWith(ExitCode.USAGE, "port " + port, "in use by another program", "--tls-port");
    }
    // The store's lock and the plain port, which was open already, are free again.
    try (Serving serving = Serving.start("--data", data.toString())) {
      assertThat(serving.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
    }
  }

  @Test
  void shouldLeaveDataAloneThatAnotherServerUses() throws Exception {
    try (Serving serving = Serving.start("--data", data.toString())) {
      serve().failsWith(ExitCode.USAGE, "is in use by another wwep server", "--data");
      assertThat(serving.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
    }
  }

  @Test
  void shouldRefuseADatabaseOfANewerVersion() throws Exception {
    Serving.start("--data", data.toString()).close();
    String url = "jdbc:sqlite:" + data.resolve("wwep.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 9999");
    }
    serve().failsWith(ExitCode.USAGE, "was written by a newer wwep", "run that version");
  }

  @Test
  void shouldRefuseADatabaseThatIsNone() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("wwep.db"), "this is no database, but a text\n".repeat(500));
    serve().failsWith(ExitCode.USAGE, "wwep.db");
  }

  @Test
  void shouldRefuseADataDirectoryThatIsAFile() throws Exception {
    Files.writeString(data, "x");
    serve().failsWith(ExitCode.USAGE, "is a file and not a directory");
  }

  @Test
  void shouldRefuseADirectoryThatCannotBeWritten() throws Exception {
    assumeTrue(
        directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "the file system knows no owners");
    assumeFalse(System.getProperty("user.name").equals("root"), "root may write everywhere");
    Files.createDirectories(
        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    serve().failsWith(ExitCode.USAGE, "permission");
  }

  @Test
  void shouldRefuseACertificateForAServerWithoutTls() {
    serve("--no-tls", "--cert", "no.pem", "--key", "no.key")
        .failsWith(ExitCode.USAGE, "wwep: --cert is for TLS, and --no-tls is given too: leave one");
    assertThat(data).doesNotExist();
  }

  /** A directory of the kernel's takes no others, and says nothing but the name. */
  @Test
  void shouldSayWhyADirectoryCannotBeMade() {
    Path kernel = Path.of("/proc/wwep-data");
    assumeTrue(Files.isDirectory(kernel.getParent()), "there is no /proc here");
    serve("--data", kernel.toString())
        .failsWith(ExitCode.USAGE, "cannot make the directory /proc/wwep-data (no such file");
    serve("--data", kernel.toString(), "--store", "memory:")
        .failsWith(ExitCode.USAGE, "cannot be written to /proc/wwep-data/tls (no such file");
  }

  @Test
  void shouldRefuseACertificateThatIsNotThere() {
    serve("--cert", "no.pem", "--key", "no.key")
        .failsWith(ExitCode.USAGE, "no.pem does not exist: check the path");
    assertThat(data).doesNotExist();
  }

  @Test
  void shouldRefuseAKeyOfAnotherCertificate() {
    Path tls = directory.resolve("tls");
    Identities.loadOrCreate(tls, Clock.systemUTC());
    serve(
            "--cert",
            tls.resolve("ec.pem").toString(),
            "--key",
            tls.resolve("rsa.key.pem").toString())
        .failsWith(ExitCode.USAGE, "does not belong to certificate");
    assertThat(data).doesNotExist();
  }

  @Test
  void shouldRefuseAKeyThatIsNone() throws IOException {
    Path tls = directory.resolve("tls");
    Identities.loadOrCreate(tls, Clock.systemUTC());
    Path key = Files.writeString(directory.resolve("key.pem"), "not a key\n");
    serve("--cert", tls.resolve("ec.pem").toString(), "--key", key.toString())
        .failsWith(ExitCode.USAGE, "key.pem");
  }
}
