package io.wwep.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns a host into its addresses within a time limit. The JDK's look-up has none, so it runs on a
 * thread of its own, at most one at a time for each client.
 */
final class Resolver {

  private final Endpoint endpoint;
  private CompletableFuture<InetAddress[]> lookUp;

  Resolver(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * @return at least one address, in the order of the name service
   * @throws UnknownHostException when the name has no address
   * @throws TimeoutException when the name service does not answer in time
   */
  InetAddress[] resolve(long timeoutNanos)
      throws UnknownHostException, TimeoutException, InterruptedException {
    if (endpoint.isAddress()) {
      return InetAddress.getAllByName(endpoint.host());
    }
    try {
      return lookUp().get(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      UnknownHostException unknown = new UnknownHostException(endpoint.host());
      unknown.initCause(e.getCause());
      throw unknown;
    }
  }

  private synchronized CompletableFuture<InetAddress[]> lookUp() {
    if (lookUp == null || lookUp.isDone()) {
      CompletableFuture<InetAddress[]> started = new CompletableFuture<>();
      lookUp = started;
      Timers.daemon(() -> run(started), "wwep-client name " + endpoint.host()).start();
    }
    return lookUp;
  }

  private void run(CompletableFuture<InetAddress[]> result) {
    try {
      result.complete(InetAddress.getAllByName(endpoint.host()));
    } catch (UnknownHostException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }
}
