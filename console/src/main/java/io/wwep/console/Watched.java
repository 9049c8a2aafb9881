package io.wwep.console;

import io.wwep.server.WwepServer;
import io.wwep.store.Store;
import java.util.Objects;

/**
 * What a console shows: a running server and what belongs to it.
 *
 * @param server must run for longer than the console
 * @param store the server's
 * @param version of the program, for people
 */
public record Watched(WwepServer server, Store store, String version) {

  public Watched {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(version, "version");
  }
}
