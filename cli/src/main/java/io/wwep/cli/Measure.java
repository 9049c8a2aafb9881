package io.wwep.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/** How much boards of one command may send to a server that is on another machine. */
final class Measure {

  /** Messages a second of all boards, and boards that play a script. */
  static final int REMOTE_MAX = 300;

  private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(1) / REMOTE_MAX;

  private Measure() {}

  static boolean isThisMachine(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // The boards say so themselves.
    }
  }

  /** Has steps, which are told one at a time, not follow each other faster than that. */
  static void pause() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(GAP_NANOS);
  }

  static CliException tooMuch(String host, String most) {
    return new CliException(
        "%s is not this machine, and gets %s; '%s bench --allow-remote' loads servers of your own"
            .formatted(host, most, CommandName.TEXT));
  }
}
