package io.wwep.cli;

import io.wwep.client.ChainFetch;
import io.wwep.client.ShownChain;
import java.security.Security;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How to get at the certificates that a server shows. */
@Command(sortOptions = false)
final class FetchOptions {

  @Option(
      names = "--servername",
      paramLabel = "NAME",
      description = "Ask the server for this name (SNI) in place of its host.")
  String serverName;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Durations.OfReply.class,
      description = "How long connecting and the handshake may take each (10s).")
  Duration timeout = Duration.ofSeconds(10);

  ShownChain fetch(TlsTarget target) {
    allowOldTls();
    return ChainFetch.run(target.host(), target.port(), serverName, timeout);
  }

  /**
   * Has this process speak what the JDK can and by default does not, as TLS 1.0 and 1.1: old
   * servers have certificates too. Nothing is sent over such a connection, and nothing that comes
   * is believed. Takes effect before the first use of TLS alone, which is this one.
   */
  private static void allowOldTls() {
    Security.setProperty("jdk.tls.disabledAlgorithms", "anon, NULL");
  }
}
