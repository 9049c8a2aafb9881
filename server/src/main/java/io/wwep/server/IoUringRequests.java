package io.wwep.server;

/**
 * How io_uring is asked to accept and to receive: with one request for each connection and each
 * read, and not with one for all of them.
 *
 * <p>A request for all ends when it fails or finds no buffer, and Netty (4.2.18) makes it anew at
 * once, even when reading from the channel has been switched off. So a peer that sends much and
 * reads nothing would fill the memory with its replies, and a server that has run out of files
 * would take a whole processor to fail again and again. The kernel also holds such an accept to the
 * bound on files of the moment at which it was made. An accept of one connection brings the address
 * of the peer with it, which otherwise takes a call.
 */
final class IoUringRequests {

  private static final String ACCEPT = "io.netty.iouring.acceptMultiShotEnabled";
  private static final String RECEIVE = "io.netty.iouring.recvMultiShotEnabled";

  private IoUringRequests() {}

  /** Has effect before Netty's io_uring is loaded; the properties can ask for the other way. */
  static void oneByOneUnlessAskedFor() {
    for (String property : new String[] {ACCEPT, RECEIVE}) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, "false");
      }
    }
  }
}
