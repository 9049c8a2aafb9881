package io.wwep.console.api;

import io.wwep.server.WwepServer;
import io.wwep.store.Store;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a console shows: a running server and what belongs to it.
 *
 * @param server must run for longer than the console
 * @param store the server's
 * @param history file of the store with its history; null where there is none
 * @param version of the program, for people
 */
public record Watched(WwepServer server, Store store, Path history, String version) {

  public Watched {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(version, "version");
  }
}
