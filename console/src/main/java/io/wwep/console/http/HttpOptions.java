package io.wwep.console.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.wwep.certs.ServerIdentity;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How HTTP is spoken: HTTP/1.1 alone, with bounds on what a peer may send and how slowly. */
public final class HttpOptions {

  private static final int LINE_BYTES_MAX = 4 * 1024;
  private static final int HEADERS_BYTES_MAX = 8 * 1024;

  /** Longer than the pause between two pings of an event stream. */
  private static final int IDLE_SECONDS_MAX = 60;

  /** What the kernel keeps for a peer that takes nothing; by itself it would keep megabytes. */
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  private static final int HANDSHAKE_SECONDS_MAX = 10;

  /**
   * Browsers have it since 2018 to 2020. In versions before it a peer may ask for handshake after
   * handshake on one connection, and the JDK's engine cannot be told to refuse that.
   */
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");

  private static final List<String> SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private HttpOptions() {}

  /**
   * Returns the options.
   *
   * @param identity tells what TLS shows at the moment; null for no TLS
   */
  public static HttpServerOptions of(Supplier<ServerIdentity> identity) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(LINE_BYTES_MAX)
            .setMaxHeaderSize(HEADERS_BYTES_MAX)
            .setSendBufferSize(SEND_BUFFER_BYTES)
            .setIdleTimeout(IDLE_SECONDS_MAX)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setHttp2ClearTextEnabled(false)
            .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false);
    if (identity != null) {
      options
          .setSsl(true)
          .setKeyCertOptions(KeyCertOptions.wrap(new OwnKeys(new IdentityKeys(identity))))
          .setEnabledSecureTransportProtocols(PROTOCOLS)
          .setSslHandshakeTimeout(HANDSHAKE_SECONDS_MAX)
          .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
      SUITES.forEach(options::addEnabledCipherSuite);
    }
    return options;
  }
}
