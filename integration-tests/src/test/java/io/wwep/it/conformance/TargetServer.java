package io.wwep.it.conformance;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.wwep.conformance.wire.Target;
import io.wwep.server.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The server under test: any server that is pointed at, or one of ours started for the test.
 *
 * <p>{@code -Dwwep.conformance.host=HOST} with {@code -Dwwep.conformance.port=PORT} and, where TLS
 * is served, {@code -Dwwep.conformance.tlsPort=PORT} points at a server, which must run with the
 * default times. {@code -Dwwep.conformance.ca=FILE} names a PEM file that its certificate is
 * verified with.
 */
public interface TargetServer extends AutoCloseable {

  /** Stands for a port that is not served. */
  int NOT_SERVED = Target.NOT_SERVED;

  /** Far beyond what a server needs, so that a busy machine fails no test. */
  int REPLY_MILLIS = 5_000;

  /** Name or address to connect to. */
  String host();

  /** Port of the plain protocol. */
  int plainPort();

  /** Port of the protocol over TLS, or {@link #NOT_SERVED}. */
  int tlsPort();

  /** A PEM file with the certificates to trust, where it is known. */
  Optional<Path> caFile();

  /** Returns it as what is held against the protocol; a foreign server has any identity. */
  default Target target() {
    Target target =
        Target.at(host()).withPlain(plainPort()).withPatience(Duration.ofMillis(REPLY_MILLIS));
    return tlsPort() == NOT_SERVED
        ? target
        : target.withTls(tlsPort(), io.wwep.client.Trust.insecure());
  }

  @Override
  void close();

  /** Returns the server that was pointed at, or starts one without options. */
  static TargetServer open() {
    return ForeignServer.isNamed()
        ? ForeignServer.fromProperties()
        : LocalServer.start(UnaryOperator.identity());
  }

  /** Starts a server with options; skips the test when another server is under test. */
  static TargetServer openWith(UnaryOperator<ServerConfig> options) {
    assumeFalse(ForeignServer.isNamed(), "the server under test is not ours to configure");
    return LocalServer.start(options);
  }
}
