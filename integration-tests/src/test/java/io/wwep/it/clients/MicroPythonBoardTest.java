package io.wwep.it.clients;

import static io.wwep.it.clients.PythonClient.tls;
import static io.wwep.it.clients.PythonClient.trust;
import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.client.WwepClient;
import io.wwep.it.Tool;
import io.wwep.testkit.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The MicroPython client on boards: its example with pins, and older firmware. */
@Timeout(120)
class MicroPythonBoardTest {

  /** What MicroPython 1.20 has of TLS: one function, and sockets that read, write and close. */
  private static final String OLD_TLS =
      """
      import ssl as real
      CERT_NONE = 0
      CERT_REQUIRED = 2
      class Old:
          def __init__(self, sock, context, name):
              self._sock = sock
              self._in = real.MemoryBIO()
              self._out = real.MemoryBIO()
              self._tls = context.wrap_bio(self._in, self._out, server_hostname=name)
              self._do(self._tls.do_handshake)
          def _do(self, call, *args):
              while True:
                  try:
                      return call(*args)
                  except real.SSLWantReadError:
                      self._sock.sendall(self._out.read())
                      more = self._sock.recv(4096)
                      self._in.write(more) if more else self._in.write_eof()
                  finally:
                      self._sock.sendall(self._out.read())
          def read(self, n):
              return self._do(self._tls.read, n)
          def write(self, data):
              return self._do(self._tls.write, data)
          def close(self):
              self._sock.close()
      def wrap_socket(sock, *, server_hostname=None, cert_reqs=CERT_NONE, cadata=None):
          context = real.SSLContext(real.PROTOCOL_TLS_CLIENT)
          context.check_hostname = cert_reqs != CERT_NONE
          context.verify_mode = real.CERT_REQUIRED if cert_reqs else real.CERT_NONE
          if cadata:
              context.load_verify_locations(cadata=cadata)
          return Old(sock, context, server_hostname)
      """;

  private static TestServer server;
  @TempDir private static Path directory;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<String> interpreters() {
    return PythonClient.interpreters();
  }

  /** An older MicroPython, as far as CPython can play it. */
  @Test
  void shouldUseTheTlsOfAnOlderMicroPython(@TempDir Path other) throws Exception {
    Path stranger = ServerWithCertificate.good(other).root();
    String script =
        """
        import sys, types
        old = types.ModuleType("old_ssl")
        exec(open(sys.argv[2]).read(), old.__dict__)
        sys.modules["ssl"] = old
        """
            + PythonClient.SCRIPT.replace("sys.argv[2:]", "sys.argv[3:]");
    Path module = Files.writeString(directory.resolve("old_ssl.py"), OLD_TLS);
    Path file = Files.writeString(directory.resolve("old.py"), script);
    String known = tls(server.tlsPort(), trust(server.identity().certificateFiles().get(0)));
    Tool.Result result =
        Tool.of(
                "python3",
                file.toString(),
                PythonClient.SOURCES.toString(),
                module.toString(),
                known + ".write(0x0FAC, 0x0E, 7)",
                tls(server.tlsPort(), "wwep.TRUST_ANYBODY") + ".read(0x0FAC, 0x0E)",
                tls(server.tlsPort(), trust(stranger)) + ".read(0x0FAC, 0x0E)")
            .run("");

    assertThat(result.out()).as(result.err()).startsWith("7\n7\nNotTrusted: ");
  }

  /** The example for a board, on pins and a network that are told what to do. */
  @ParameterizedTest
  @MethodSource("interpreters")
  void shouldFlipAnLedAndSendItAtEachPress(String interpreter, @TempDir Path board)
      throws Exception {
    Files.writeString(
        board.resolve("machine.py"),
        """
        class Pin:
            OUT, IN, PULL_UP = 1, 0, 2
            script = [1, 1, 0, 0, 1, 0, 1]
            def __init__(self, number, mode, pull=None, value=0):
                self.mode = mode
                self.state = value
            def value(self, state=None):
                if state is not None:
                    self.state = state
                elif self.mode == Pin.IN:
                    if not Pin.script:
                        raise SystemExit
                    self.state = Pin.script.pop(0)
                return self.state
        """);
    Files.writeString(
        board.resolve("network.py"),
        """
        STA_IF = 0
        class WLAN:
            def __init__(self, interface): pass
            def active(self, on): pass
            def connect(self, name, password): pass
            def isconnected(self): return True
            def config(self, what): return bytes([0, 0xA0, 0x50, 0x12, 0x34, 0x57])
        """);
    Files.writeString(
        board.resolve("ntptime.py"), "def settime():\n    print('the clock is set')\n");
    Path main =
        Files.writeString(
            board.resolve("main.py"),
            """
            import sys
            sys.path.insert(0, sys.argv[1])
            sys.path.insert(0, sys.argv[2])
            import wwep
            import button
            button.SERVER = "localhost"
            if len(sys.argv) == 4:
                wwep.PORT = int(sys.argv[3])
            else:
                wwep.TLS_PORT = int(sys.argv[3])
                button.ROOT = sys.argv[4]
            button.main()
            """);
    String[] pressed = {"device ID 018D", "W018D050001 accepted", "W018D050000 accepted"};
    Tool.Result plain = runBoard(interpreter, main, server.plainPort());
    assertThat(plain.out()).as(plain.err()).contains(pressed).doesNotContain("the clock");
    Tool.Result secure = runBoard(interpreter, main, server.tlsPort(), server.caFile());
    assertThat(secure.out()).as(secure.err()).contains(pressed).startsWith("the clock is set");
    try (WwepClient reader = WwepClient.builder("127.0.0.1").port(server.plainPort()).build()) {
      assertThat(reader.read(0x018D, 0x05)).isEqualTo(OptionalInt.of(0));
    }
  }

  private static Tool.Result runBoard(String interpreter, Path main, Object... arguments)
      throws Exception {
    String[] command =
        Stream.concat(
                Stream.of(interpreter, main, PythonClient.SOURCES, main.getParent()),
                Stream.of(arguments))
            .map(Object::toString)
            .toArray(String[]::new);
    return Tool.of(command).run("");
  }

  /** A file that a board cannot read is none for it: no f-strings, no annotations, plain ASCII. */
  @ParameterizedTest
  @ValueSource(strings = {"wwep.py", "button.py"})
  void shouldStayWithinWhatOldBoardsRead(String file) throws Exception {
    String source = Files.readString(PythonClient.SOURCES.resolve(file));

    assertThat(source).doesNotContainPattern("\\bf\"|\\bf'|\\btyping\\b|->|:=");
    assertThat(source.chars()).allMatch(c -> c < 0x80);
  }
}
