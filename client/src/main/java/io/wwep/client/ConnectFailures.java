package io.wwep.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** The sentences for connections that could not be made. */
final class ConnectFailures {

  private final Endpoint endpoint;
  private final Settings settings;

  ConnectFailures(Settings settings) {
    this.settings = settings;
    endpoint = settings.endpoint();
  }

  WwepException.Unreachable unknownHost(UnknownHostException e) {
    return new WwepException.Unreachable(
        "the name %s has no address: check its spelling, or give the IP address of %s"
            .formatted(endpoint.host(), endpoint),
        e);
  }

  WwepException.Unreachable nameTimedOut(Exception e) {
    return new WwepException.Unreachable(
        "the name service did not answer for %s within %s: give the server's IP address"
            .formatted(endpoint, Limits.show(settings.connectTimeout())),
        e);
  }

  /**
   * @param failure of the last address that was tried; null when there was none
   */
  WwepException.Unreachable unreachable(IOException failure) {
    String message;
    if (failure instanceof SocketTimeoutException) {
      message =
          "%s did not accept a connection within %s: is the host up, and does a firewall stop TCP?"
              .formatted(endpoint, Limits.show(settings.connectTimeout()));
    } else if (failure instanceof ConnectException) {
      message =
          "nothing listens on %s: start the server, or check host and port".formatted(endpoint);
    } else {
      message =
          "%s cannot be reached (%s): check host, port and network"
              .formatted(endpoint, failure == null ? "no address" : failure.getMessage());
    }
    return new WwepException.Unreachable(message, failure);
  }
}
