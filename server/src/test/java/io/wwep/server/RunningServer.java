package io.wwep.server;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.ServerIdentity;
import io.wwep.server.access.Access;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A server on free ports with everything that it published. */
final class RunningServer implements AutoCloseable {

  static final ServerIdentity IDENTITY = makeIdentity();

  final WwepServer server;
  final Store store;
  final Queue<ServerEvent> events = new ConcurrentLinkedQueue<>();

  /** Ends of connections, which are not among the events: logs leave them out too. */
  final Queue<ServerEvent.Ended> ends = new ConcurrentLinkedQueue<>();

  final AtomicLong dropped = new AtomicLong();

  private RunningServer(WwepServer server, Store store) {
    this.server = server;
    this.store = store;
    server
        .feed()
        .subscribe(
            new EventFeed.Listener() {
              @Override
              public void event(ServerEvent event) {
                if (event instanceof ServerEvent.Ended end) {
                  ends.add(end);
                } else {
                  events.add(event);
                }
              }

              @Override
              public void dropped(long count) {
                dropped.addAndGet(count);
              }
            });
  }

  static RunningServer start(ServerConfig config) {
    return start(config, memory());
  }

  static RunningServer start(ServerConfig config, Store store) {
    return start(config, store, Access.OPEN);
  }

  static RunningServer start(ServerConfig config, Store store, Access access) {
    return new RunningServer(WwepServer.start(config, store, IDENTITY, access), store);
  }

  static Store memory() {
    return new MemoryStore();
  }

  Wire plain() throws IOException {
    return Wire.plain(server.plainPort());
  }

  Wire tls(String... protocols) throws IOException {
    return Wire.tls(server.tlsPort(), protocols);
  }

  /** Connects with a certificate. */
  Wire tlsAs(Identity client) throws IOException {
    return Wire.tlsAs(client, server.tlsPort());
  }

  List<String> codes() {
    return transactions().stream()
        .map(ServerEvent.Transaction::rejection)
        .map(rejection -> rejection == null ? "A" : rejection.code().word())
        .toList();
  }

  List<ServerEvent.Transaction> transactions() {
    return events.stream()
        .filter(ServerEvent.Transaction.class::isInstance)
        .map(ServerEvent.Transaction.class::cast)
        .toList();
  }

  List<String> sentences() {
    return events.stream().map(RunningServer::sentence).toList();
  }

  private static String sentence(ServerEvent event) {
    if (event instanceof ServerEvent.Transaction transaction) {
      return String.valueOf(transaction.rejection());
    }
    if (event instanceof ServerEvent.Probed probed) {
      return probed.sentence();
    }
    return event instanceof ServerEvent.Notice notice
        ? notice.sentence()
        : ((ServerEvent.OwnNotice) event).sentence();
  }

  private static ServerIdentity makeIdentity() {
    try {
      return Identities.loadOrCreate(Files.createTempDirectory("wwep-server"), Clock.systemUTC());
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
