package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the browser console is served, and to whom. */
@Timeout(60)
class ConsoleOptionsTest {

  private static final Pattern PAGE = Pattern.compile("page +(\\S+)");
  private static final String TOKEN = "0123456789-0123456789";

  @TempDir private Path directory;

  private Path secrets(String name, String line) throws IOException {
    Path file = Files.writeString(directory.resolve(name), line + "\n");
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return file;
  }

  private Run refused(String... options) {
    List<String> args = new ArrayList<>(List.of("serve", "--port", "0", "--tls-port", "0"));
    args.addAll(List.of("--data", directory.resolve("data").toString()));
    args.addAll(List.of(options));
    Run run = Run.of(args.toArray(String[]::new));
    assertThat(directory.resolve("data")).doesNotExist();
    return run;
  }

  private Serving serve(String... options) {
    List<String> args = new ArrayList<>(List.of("--store", "memory:"));
    args.addAll(List.of("--data", directory.resolve("data").toString(), "--http", "127.0.0.1:0"));
    args.addAll(List.of(options));
    return Serving.start(args.toArray(String[]::new));
  }

  private static int status(Serving serving, String... headers) throws Exception {
    Matcher page = PAGE.matcher(serving.text());
    assertThat(page.find()).isTrue();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(page.group(1) + "api/v1/devices"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void shouldRefuseToBeOpenToTheNetwork() {
    for (String place : new String[] {"0.0.0.0:0", "[::]:0", "192.0.2.1:27780"}) {
      refused("--http", place)
          .failsWith(ExitCode.USAGE, "--http would open the console to the network", "add --http-");
    }
  }

  @Test
  void shouldRefuseANetworkWithoutTls() throws IOException {
    Path passwords = secrets("p", "editor: correct horse");

    refused("--no-tls", "--http", "0.0.0.0:0", "--http-password-file", passwords.toString())
        .failsWith(ExitCode.USAGE, "--http is served over TLS", "--no-tls");
  }

  @Test
  void shouldRefuseOptionsThatContradictEachOther() throws IOException {
    Path passwords = secrets("p", "editor: correct horse");

    refused("--no-http", "--http", "127.0.0.1:0").failsWith(ExitCode.USAGE, "--no-http");
    refused("--no-http", "--http-password-file", passwords.toString())
        .failsWith(ExitCode.USAGE, "--http-password-file is for the console");
    refused("--no-http", "--http-host", "board.lab")
        .failsWith(ExitCode.USAGE, "--http-host is for the console");
  }

  @Test
  void shouldRefuseHostNamesThatNoBrowserCanSend() {
    for (String name : new String[] {"board.lab:443", "https://board.lab", "[::1]", "board lab"}) {
      refused("--http-host", name)
          .failsWith(ExitCode.USAGE, "--http-host", "takes a name alone", name);
    }
  }

  @Test
  void shouldRefuseFilesThatCannotBeUsed() throws IOException {
    Path broken = secrets("broken", "admin: correct horse");

    refused("--http-password-file", broken.toString())
        .failsWith(ExitCode.USAGE, "line 1", "viewer:, sender: or editor:");
    refused("--http-token-file", directory.resolve("none").toString())
        .failsWith(ExitCode.USAGE, "there is no token file");
  }

  @Test
  void shouldNotStartWhereThePlaceThatWasAskedForIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Run run = refusedPlace(taken.getLocalPort());

      run.failsWith(ExitCode.USAGE, "the console cannot be served", "--http ADDR:PORT");
    }
  }

  private Run refusedPlace(int port) {
    return Run.of(
        "serve", "--port", "0", "--no-tls", "--store", "memory:", "--http", "127.0.0.1:" + port);
  }

  @Test
  void shouldAskForATokenAndTakeOverANewOne() throws Exception {
    Path tokens = secrets("t", "viewer: " + TOKEN);
    try (Serving serving = serve("--http-token-file", tokens.toString())) {
      assertThat(status(serving)).isEqualTo(401);
      assertThat(status(serving, "Authorization", "Bearer " + TOKEN)).isEqualTo(200);

      secrets("t", "viewer: another-" + TOKEN);
      serving.awaitLine(line -> line.contains("other passwords and tokens open the console"));

      assertThat(status(serving, "Authorization", "Bearer " + TOKEN)).isEqualTo(401);
      assertThat(status(serving, "Authorization", "Bearer another-" + TOKEN)).isEqualTo(200);
    }
  }

  @Test
  void shouldKeepTheTokensWhereTheNewFileIsBroken() throws Exception {
    Path tokens = secrets("t", "viewer: " + TOKEN);
    try (Serving serving = serve("--http-token-file", tokens.toString())) {
      secrets("t", "viewer: short");
      serving.awaitLine(line -> line.contains("were not replaced, the old ones hold"));

      assertThat(status(serving, "Authorization", "Bearer " + TOKEN)).isEqualTo(200);
    }
  }
}
