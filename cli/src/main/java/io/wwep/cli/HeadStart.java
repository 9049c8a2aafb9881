package io.wwep.cli;

import io.wwep.server.WwepServer;

/**
 * Loads Netty and BoringSSL on a thread of its own, while the main one parses the command line and
 * opens the store: a third less time until the ports are open, where there are two processors.
 */
final class HeadStart {

  private HeadStart() {}

  /** Begins, if these are the arguments of a server. */
  static void of(String... args) {
    if (args.length > 0 && args[0].equals("serve")) {
      Thread thread = new Thread(HeadStart::run, "wwep-head-start");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @SuppressWarnings("CatchThrowable") // Whoever needs what failed here hears of it there.
  private static void run() {
    try {
      OldTls.allowRsaKeyExchange(); // ahead of the first use of TLS
      WwepServer.prepare();
    } catch (Throwable failed) {
      return;
    }
  }
}
