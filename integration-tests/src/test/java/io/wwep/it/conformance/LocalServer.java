package io.wwep.it.conformance;

import io.wwep.server.ServerConfig;
import io.wwep.testkit.TestServer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Our own server, in the test's process, on free ports. */
record LocalServer(TestServer server) implements TargetServer {

  static LocalServer start(UnaryOperator<ServerConfig> options) {
    return new LocalServer(TestServer.start(options));
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int plainPort() {
    return server.plainPort();
  }

  @Override
  public int tlsPort() {
    return server.tlsPort();
  }

  @Override
  public Optional<Path> caFile() {
    return Optional.of(server.caFile());
  }

  @Override
  public void close() {
    server.close();
  }
}
