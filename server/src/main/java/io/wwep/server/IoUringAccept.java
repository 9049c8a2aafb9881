package io.wwep.server;

/**
 * How connections are accepted with io_uring: one request for each, and not one for all.
 *
 * <p>Netty's request for all, which the kernel ends when it fails, is made anew at once, even when
 * reading from the channel has been switched off for a while. A server that has run out of files
 * would take a whole processor to fail again and again. The kernel also holds it to the bound on
 * files of the moment at which it was made. A request for each brings the address of the peer with
 * it, which otherwise takes a call.
 */
final class IoUringAccept {

  private static final String MULTISHOT_PROPERTY = "io.netty.iouring.acceptMultiShotEnabled";

  private IoUringAccept() {}

  /** Has effect before io_uring is first used; the property can ask for the other way. */
  static void oneByOneUnlessAskedFor() {
    if (System.getProperty(MULTISHOT_PROPERTY) == null) {
      System.setProperty(MULTISHOT_PROPERTY, "false");
    }
  }
}
