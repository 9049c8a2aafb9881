package io.wwep.server;

import io.wwep.certs.ServerIdentity;
import io.wwep.store.StoreHealth;
import java.time.Instant;
import java.util.List;

/**
 * How a server fares at the moment. Immutable.
 *
 * @param since when it began to listen
 * @param plainPort the port, or {@link ServerConfig#NOT_SERVED}
 * @param tlsPort the port, or {@link ServerConfig#NOT_SERVED}
 * @param identity what TLS shows; null where it is not served
 * @param counters what it has done so far
 * @param connectionsMax how many are taken at a time
 * @param store how its registers fare
 * @param stuck what does not go on though it should, as sentences with the cure; empty when all
 *     goes on
 */
public record ServerStatus(
    Instant since,
    int plainPort,
    int tlsPort,
    ServerIdentity identity,
    ServerCounters counters,
    int connectionsMax,
    StoreHealth store,
    List<String> stuck) {

  /** Whether its threads go on; if not, another process would do better. */
  public boolean isAlive() {
    return stuck.isEmpty();
  }

  /** Whether it answers, and keeps what it is told. */
  public boolean isHealthy() {
    return isAlive() && store.isDurable();
  }
}
