package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.server.TransportLibraries;
import io.wwep.store.sqlite.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the server needs of a machine: no privileges, and one directory to write to. */
@Timeout(180)
class PrivilegesTest {

  private static final String NOBODY = "65534";

  /** Calls that change something about files, and those that open them. */
  private static final String CALLS =
      "open,openat,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,unlink,unlinkat,"
          + "rmdir,link,linkat,symlink,symlinkat,truncate,chmod,fchmodat,chown,fchownat,bind";

  private static final Pattern PATH = Pattern.compile("\"(/[^\"]*)\"");
  private static final Pattern PORT = Pattern.compile("\\s*(plain|TLS)\\s+port (\\d+) .*");

  /** Java has its own heap's archive left out of core dumps there, which is no file on a disk. */
  private static final String JAVAS_OWN = "/proc/self/coredump_filter";

  @TempDir private Path directory;

  @Test
  void shouldNeedNoPrivilegesAndWriteNowhereButToItsDataDirectory() throws Exception {
    Tool.of("strace", "-V");
    Tool.of("setpriv", "--version");
    Path data = prepare();
    Path trace = directory.resolve("trace");
    Process server = new ProcessBuilder(command(trace, data)).redirectErrorStream(true).start();
    try {
      talk(server, data);
    } finally {
      // strace's own end comes with that of its child.
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly();
    }
    assertThat(data.resolve("wwep.db")).exists();
    assertThat(Files.getAttribute(data.resolve("wwep.db"), "unix:uid")).isNotEqualTo(0);
    assertThat(changedPaths(trace))
        .isNotEmpty()
        .allMatch(path -> path.startsWith(data.toString()) || path.equals(JAVAS_OWN));
  }

  /** Copies the program to where anybody can read it, and makes a directory for nobody. */
  private Path prepare() throws Exception {
    assumeTrue(File.separatorChar == '/', "there are no such privileges here");
    Path target = Path.of("..", "cli", "target");
    Path app = Files.createDirectory(directory.resolve("app"));
    Path libraries = Files.createDirectory(app.resolve("lib"));
    try (Stream<Path> files = Files.list(target.resolve("lib"))) {
      for (Path file : files.toList()) {
        Files.copy(file, libraries.resolve(file.getFileName()));
      }
    }
    try (Stream<Path> files = Files.list(target)) {
      Path jar = files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
      Files.copy(jar, app.resolve("wwep.jar"));
    }
    Path home = Files.createDirectory(directory.resolve("home"));
    if (isRoot()) {
      Files.setAttribute(home, "unix:uid", Integer.valueOf(NOBODY));
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    // As the launcher does once after a build.
    Path natives = Files.createDirectory(app.resolve("native"));
    NativeLibrary.unpackTo(natives);
    TransportLibraries.unpackTo(natives);
    return home.resolve("data");
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private List<String> command(Path trace, Path data) throws IOException {
    List<String> command = new ArrayList<>(List.of("strace", "-f", "-z", "-qq", "--seccomp-bpf"));
    command.addAll(List.of("-o", trace.toString(), "-e", "trace=" + CALLS));
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    String app = directory.resolve("app").toString();
    command.addAll(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    command.addAll(List.of("-Dorg.sqlite.lib.path=" + app + "/native"));
    command.addAll(List.of("-Djava.library.path=" + app + "/native", "-jar", app + "/wwep.jar"));
    command.addAll(
        List.of("serve", "--no-http", "--port", "0", "--tls-port", "0", "--data", data.toString()));
    return command;
  }

  private static void talk(Process server, Path data) throws Exception {
    List<String> printed = new ArrayList<>();
    var output = server.inputReader(StandardCharsets.UTF_8);
    List<Integer> ports = new ArrayList<>();
    String line = output.readLine();
    while (line != null && !line.contains("engine")) {
      printed.add(line);
      Matcher port = PORT.matcher(line);
      if (port.matches()) {
        ports.add(Integer.parseInt(port.group(2)));
      }
      line = output.readLine();
    }
    assertThat(ports).as(printed.toString()).hasSize(2);
    assertThat(exchange(ports.get(0), "W0FAC0B1234")).isEqualTo("A0FAC0B1234");
    Tool.Result tls =
        Tool.of("openssl", "s_client", "-quiet", "-connect", "localhost:" + ports.get(1))
            .run("R0FAC0B", Pattern.compile("(?s).*A0FAC0B1234.*"));
    assertThat(tls.out()).contains("A0FAC0B1234");
    // The one process that strace runs, which is java by now.
    server.children().forEach(ProcessHandle::destroy);
    while (line != null) {
      printed.add(line);
      line = output.readLine();
    }
    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(printed.get(printed.size() - 1)).contains("are safe in sqlite " + data);
    await().atMost(Duration.ofSeconds(5)).until(() -> !server.isAlive());
  }

  private static String exchange(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  /** Returns the paths in all calls but those that open a file to read it. */
  private static List<String> changedPaths(Path trace) throws IOException {
    return Files.readAllLines(trace).stream()
        .filter(call -> !call.contains("O_RDONLY"))
        .flatMap(call -> PATH.matcher(call).results().map(match -> match.group(1)))
        .distinct()
        .toList();
  }
}
