package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.console.ConsoleConfig;
import io.wwep.server.ReadOnly;
import io.wwep.server.ServerConfig;
import io.wwep.store.HistoryLimit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

@Timeout(60)
class ConfigFileTest {

  @TempDir private Path directory;

  private Path config(String text) throws IOException {
    return Files.writeString(directory.resolve("wwep.toml"), text);
  }

  private ServeOptions options(String text, String... args) throws IOException {
    ServeOptions options = new ServeOptions();
    CommandLine command = new CommandLine(options);
    command.parseArgs(args);
    ConfigFile.read(config(text), new CommandLine(new ServeOptions())).applyTo(command);
    return options;
  }

  @Test
  void shouldTakeEverySettingUnderItsNameOnTheCommandLine() throws Exception {
    ServeOptions options =
        options(
            """
            # what a class needs
            bind = "127.0.0.1"
            port = 1
            tls-port = 2
            no-plain = false
            no-tls = false
            data = "d"
            store = "memory:"
            fsync = "everysec"
            history = "10rows"
            cert = "c.pem"
            key = "k.pem"
            frame-timeout = "151ms"
            linger = 251
            idle-timeout = "6m"
            first-byte-timeout = "11s"
            handshake-timeout = "1h"
            one-shot = true
            explain = true
            send-timeout = "12s"
            max-connections = 7
            max-connections-per-address = 6
            max-handshakes-per-address = 0
            max-requests-per-second = 5
            read-only = "tls"
            transport = "nio"
            log = "json"
            quiet = true
            """);
    assertThat(options.serverConfig().toString())
        .contains("bindAddress=127.0.0.1", "plainPort=1", "tlsPort=2", "frameMillis=151")
        .contains("lingerMillis=251", "idleMillis=360000", "firstByteMillis=11000")
        .contains("handshakeMillis=3600000", "oneShot=true", "explain=true", "readOnly=TLS")
        .contains("sendMillis=12000", "connectionsMax=7", "connectionsPerAddressMax=6")
        .contains("handshakesPerAddressMax=0", "requestsPerSecondMax=5", "transport=NIO");
    assertThat(options.history.rowsMax()).isEqualTo(10);
    assertThat(options.store.isMemory()).isTrue();
    assertThat(List.of(options.data, options.fsync, options.log, options.quiet))
        .map(String::valueOf)
        .containsExactly("d", "EVERYSEC", "JSON", "true");
  }

  private static final Map<Class<?>, String> WORDS =
      Map.of(HistoryLimit.class, "1rows", ConsoleConfig.class, "127.0.0.1:1");

  @Test
  void shouldHaveASettingForEveryOption() throws Exception {
    CommandLine command = new CommandLine(new ServeOptions());
    String every =
        command.getCommandSpec().options().stream()
            .map(ConfigFileTest::example)
            .collect(Collectors.joining("\n"));
    assertThat(options(every).port).isEqualTo(1);
  }

  private static String example(OptionSpec option) {
    String name = option.longestName().substring(2);
    String value =
        option.type() == boolean.class ? "true" : option.type() == Integer.class ? "1" : null;
    String word =
        option.completionCandidates() == null
            ? WORDS.getOrDefault(option.type(), "1")
            : option.completionCandidates().iterator().next();
    return name + " = " + (value == null ? "\"" + word + "\"" : value);
  }

  @Test
  void shouldLetTheCommandLineWin() throws Exception {
    ServeOptions options =
        options("port = 1\ntls-port = 2\none-shot = true", "--port", "3", "--one-shot=false");
    assertThat(options.port).isEqualTo(3);
    assertThat(options.tlsPort).isEqualTo(2);
    assertThat(options.oneShot).isFalse();
  }

  @Test
  void shouldLetTheCommandLineWinEvenWithTheDefault() throws Exception {
    assertThat(options("fsync = \"never\"", "--fsync", "always").fsync.name()).isEqualTo("ALWAYS");
  }

  @Test
  void shouldServeAsTheFileSays() throws Exception {
    Path file =
        config("port = 0\nno-tls = true\nstore = \"memory:\"\nexplain = true\nquiet = true\n");
    try (Serving serving = Serving.start("--config", file.toString())) {
      assertThat(serving.exchange("R0FAC0B")).isEqualTo("X not-written");
      assertThat(serving.text()).doesNotContain("engine");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prot = 5 | line 3: there is no setting 'prot', did you mean 'port'?",
        "tlsport = 5 | line 3: there is no setting 'tlsport', did you mean 'tls-port'?",
        "zzz = 5 | line 3: there is no setting 'zzz': the settings are the options that 'wwep help serve' lists",
        "[[grant]]\\nread = '*' | line 3: there is no setting 'grant': give a file of grants with --policy",
        "config = 'x' | line 3: there is no setting 'config'",
        "[server] | line 3: there is no section 'server' (settings stand at the top",
        "a.b = 5 | line 3: there is no section 'a'",
        "port = '27708' | line 3: port takes a number without quotes, as in port = 27708, not \"27708\"",
        "port = 99999 | line 3: port takes a number from 0 to 65535, not '99999'",
        "port = [1] | line 3: port takes a number without quotes, as in port = 27708, not a list",
        "port.x = 1 | line 3: port takes a number without quotes, as in port = 27708, not a section",
        "one-shot = 'yes' | line 3: one-shot takes true or false, as in one-shot = true, not \"yes\"",
        "data = 5 | line 3: data takes text in quotes",
        "linger = 1.5 | line 3: linger takes a time in quotes, as in linger = \"150ms\", not 1.5",
        "linger = 0 | line 3: linger takes a time from 1ms to 24h, not '0'",
        "idle-timeout = '25h' | line 3: idle-timeout takes a time from 1ms to 24h, not '25h'",
        "history = 'ever' | line 3: history: 'ever' is neither an age nor a number of rows",
        "bind = '' | line 3: bind is empty: give an address",
        "bind = '127.0.0.1:80' | line 3: bind takes an address without a port",
        "data = '' | line 3: data is empty: give a path",
        "cert = 'c.pem' | line 3: cert needs --key: give both files",
        "key = 'k.pem' | line 3: key needs --cert: give both files",
        "cert = 'c'\\nkey = 'k'\\nno-tls = true | line 3: cert is for TLS, and --no-tls is given too",
        "bind-device = 'off' | line 3: bind-device needs --client-ca",
        "read-only = 'tls'\\nno-tls = true | line 3: read-only is for the TLS port",
        "linger = 'soon' | line 3: linger takes a whole number with ms, s, m or h",
        "fsync = 'alwys' | line 3: fsync takes always, everysec or never, not 'alwys', did you mean 'always'?",
        "port = | line 3: this is no TOML",
        "quiet = true\\nquiet = true | line 4: this is no TOML"
      })
  void shouldNameTheLineOfAMistake(String mistake, String sentence) throws Exception {
    Path file = config("# settings\nexplain = true\n" + mistake.replace("\\n", "\n") + "\n");
    Run run = Run.of("serve", "--config", file.toString());
    String[] parts = sentence.split(": ", 2);
    run.failsWith(ExitCode.USAGE, file + ", " + parts[0] + ", column ");
    assertThat(run.err()).contains(": " + parts[1]);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldRefuseAFileThatIsNoText() throws Exception {
    Path file =
        Files.write(directory.resolve("x.toml"), "\u00ff".getBytes(StandardCharsets.ISO_8859_1));
    Run.of("serve", "--config", file.toString())
        .failsWith(ExitCode.USAGE, "x.toml cannot be read (it is not UTF-8): save it as UTF-8");
  }

  @Test
  void shouldRefuseAFileWithoutEnd() {
    Path zeros = Path.of("/dev/zero");
    assumeTrue(Files.exists(zeros), "there is no /dev/zero here");
    Run.of("serve", "--config", zeros.toString())
        .failsWith(ExitCode.USAGE, "/dev/zero is larger than 64 KiB");
  }

  @Test
  void shouldSkipAByteOrderMark() throws Exception {
    assertThat(options("\uFEFFport = 4711\n").port).isEqualTo(4711);
    Path file = config("\uFEFFprot = 4711\n");
    Run.of("serve", "--config", file.toString())
        .failsWith(
            ExitCode.USAGE, "line 1, column 1: there is no setting 'prot', did you mean 'port'?");
  }

  /** As the command line wins, switching TLS off there needs no change of the file. */
  @Test
  void shouldNeedNoCertificateFromTheFileWithoutTls() throws Exception {
    ServeOptions options = options("cert = \"c.pem\"\nkey = \"k.pem\"\n", "--no-tls");
    assertThat(options.serverConfig().tlsPort()).isEqualTo(ServerConfig.NOT_SERVED);
    assertThat(options("cert = \"c.pem\"\n", "--no-tls=false").cert).isNotNull();
    assertThat(options("keylog = \"keys.txt\"\n", "--no-tls").keyLog).isNull();
    ServeOptions of = options("bind-device = \"off\"\nread-only = \"tls\"\n", "--no-tls");
    assertThat(of.serverConfig().readOnly()).isEqualTo(ReadOnly.NONE);
    ServeOptions all = options("read-only = \"all\"\n", "--no-tls");
    assertThat(all.serverConfig().readOnly()).isEqualTo(ReadOnly.ALL);
    ServeOptions plain = options("read-only = \"plain\"\n", "--no-plain");
    assertThat(plain.serverConfig().readOnly()).isEqualTo(ReadOnly.NONE);
  }

  @Test
  void shouldNotBlameTheFileForTheCommandLine() throws Exception {
    Path file = config("explain = true\n");
    Run.of("serve", "--config", file.toString(), "--cert", "c.pem")
        .failsWith(ExitCode.USAGE, "wwep: --cert needs --key: give both files");
  }

  @Test
  void shouldRefuseADirectory() {
    Run.of("serve", "--config", directory.toString())
        .failsWith(ExitCode.USAGE, "cannot be read", "check --config");
  }
}
