package io.wwep.server;

import io.wwep.server.access.Door;
import java.util.Locale;

/** Tells why a port cannot be listened on, and what to do. */
final class BindFailure {

  private BindFailure() {}

  /**
   * @param address the address asked for, or null for all interfaces
   */
  static ServerException of(Throwable cause, String address, int port, Door door) {
    String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    String option = door == Door.TLS ? "--tls-port" : "--port";
    return new ServerException(sentence(reason, cause, address, port, option), cause);
  }

  private static String sentence(
      String reason, Throwable cause, String address, int port, String option) {
    String where = address == null ? "" : " of " + address;
    if (reason.contains("in use")) {
      return "port %d%s is in use by another program: stop that one, or choose another port with %s (0 for a free one)"
          .formatted(port, where, option);
    }
    if (reason.contains("permission denied")) {
      return "port %d may not be opened by this user: choose one above 1023 with %s"
          .formatted(port, option);
    }
    if (cause instanceof java.nio.channels.UnresolvedAddressException
        || reason.contains("cannot assign")
        || reason.contains("can't assign")
        || reason.contains("unresolved")) {
      return "no interface of this machine has the address %s: choose another one with --bind, or leave it out for all interfaces"
          .formatted(address);
    }
    return "port %d%s cannot be opened (%s): choose another one with %s"
        .formatted(port, where, cause.getMessage(), option);
  }
}
