package io.wwep.cli;

import java.security.Security;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Has this process speak what the JDK can and by default does not. Each has an effect only before
 * the first use of the JDK's TLS in a process; BoringSSL knows nothing of it.
 */
final class OldTls {

  private static final String SWITCHED_OFF = "jdk.tls.disabledAlgorithms";
  private static final String RSA_KEY_EXCHANGE = "TLS_RSA_";

  private OldTls() {}

  /**
   * Allows everything that encrypts, as TLS 1.0 and 1.1: for a client that sends nothing over such
   * a connection, and believes nothing that comes.
   */
  static void allowAll() {
    Security.setProperty(SWITCHED_OFF, "anon, NULL");
  }

  /**
   * Allows the exchange of keys by RSA, which newer JDKs have switched off: for a server, which
   * names the suites that it takes, and takes these with {@code --tls-profile legacy} alone.
   */
  static void allowRsaKeyExchange() {
    String before = Security.getProperty(SWITCHED_OFF);
    if (before != null && before.contains(RSA_KEY_EXCHANGE)) {
      Security.setProperty(
          SWITCHED_OFF,
          Arrays.stream(before.split(",", -1))
              .map(String::strip)
              .filter(each -> !each.startsWith(RSA_KEY_EXCHANGE))
              .collect(Collectors.joining(", ")));
    }
  }
}
