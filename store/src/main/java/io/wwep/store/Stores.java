package io.wwep.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Opens the engine that a store's address names. */
public final class Stores {

  private static final String SQLITE = "sqlite:";
  private static final String DATABASE = "wwep.db";

  private Stores() {}

  /**
   * Opens a store and loads its registers.
   *
   * @param address {@code memory:}, {@code sqlite:} (wwep.db in the data directory) or {@code
   *     sqlite:FILE}
   * @param dataDirectory made when it is missing; not touched by {@code memory:}
   * @param fsync when a write counts as durable
   * @param history how much history is kept
   * @throws StoreException when the address names no engine, or the engine cannot be opened: in use
   *     by another server, written by a newer version, unreadable
   */
  public static Store open(String address, Path dataDirectory, Fsync fsync, HistoryLimit history) {
    if (address.equals("memory:")) {
      return new MemoryStore();
    }
    if (address.startsWith(SQLITE)) {
      String name = address.substring(SQLITE.length());
      Path file = name.isEmpty() ? dataDirectory.resolve(DATABASE) : path(name);
      return SqliteStore.open(file, fsync, history);
    }
    throw new StoreException(
        "unknown store '%s': use sqlite:, sqlite:FILE or memory:".formatted(address));
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new StoreException(
          "'%s' is no file name (%s): write sqlite: or sqlite:FILE".formatted(name, e.getReason()),
          e);
    }
  }
}
