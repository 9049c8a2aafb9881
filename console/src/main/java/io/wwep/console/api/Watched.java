package io.wwep.console.api;

import io.wwep.server.WwepServer;
import io.wwep.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a console shows: a running server and what belongs to it.
 *
 * @param server must run for longer than the console
 * @param store the server's
 * @param history file of the store with its history; null where there is none
 * @param version of the program, for people
 * @param addresses tells under which boards reach the server, the likeliest first; asked by workers
 */
public record Watched(
    WwepServer server,
    Store store,
    Path history,
    String version,
    Supplier<List<String>> addresses) {

  public Watched {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(addresses, "addresses");
  }

  /** As above, of a server whose addresses nobody needs to know. */
  public Watched(WwepServer server, Store store, Path history, String version) {
    this(server, store, history, version, List::of);
  }
}
