package io.wwep.cli;

import io.wwep.server.WwepServer;
import java.net.InetAddress;

/**
 * Loads Netty and BoringSSL on a thread of its own, while the main one parses the command line and
 * opens the store: a third less time until the ports are open, where there are two processors.
 */
final class HeadStart {

  private HeadStart() {}

  /** Begins, if these are the arguments of a server. */
  static void of(String... args) {
    if (args.length > 0 && args[0].equals("serve")) {
      initialiseShared();
      Thread thread = new Thread(HeadStart::run, "wwep-head-start");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Initialises what Netty's libraries initialise while the JDK's lock for loading libraries is
   * held, and what loads a library of the JDK itself: begun by the main thread meanwhile, each
   * thread would wait for the other for ever.
   */
  private static void initialiseShared() {
    InetAddress.getLoopbackAddress();
    try {
      Class.forName("sun.nio.ch.FileChannelImpl", true, null);
    } catch (ClassNotFoundException otherJdk) {
      // Then nobody initialises it.
      return;
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
