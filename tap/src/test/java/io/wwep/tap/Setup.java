package io.wwep.tap;

import io.wwep.client.Trust;
import io.wwep.tap.change.Rewrite;
import io.wwep.testkit.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** Configurations of taps on free ports of this machine. */
final class Setup {

  static final String HOST = "127.0.0.1";

  private Setup() {}

  static TapConfig to(int port) {
    return TapConfig.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), HOST, port);
  }

  static TapConfig tls(TestServer server) {
    return to(server.tlsPort()).withTls(new TapTls(Trust.caFile(server.caFile()), null, null));
  }

  static List<Rewrite> rules(String... rules) {
    return Arrays.stream(rules).map(Rewrite::parse).toList();
  }
}
