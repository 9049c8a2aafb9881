package io.wwep.cli;

import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import io.wwep.store.sqlite.SqliteStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --store} names: an engine, and where it keeps its registers. */
final class StoreAddress {

  private static final String MEMORY = "memory:";
  private static final String SQLITE = "sqlite:";

  private final boolean memory;

  /** Null for wwep.db in the data directory. */
  private final Path file;

  private StoreAddress(boolean memory, Path file) {
    this.memory = memory;
    this.file = file;
  }

  /**
   * Reads an address.
   *
   * @param text {@code memory:}, {@code sqlite:} or {@code sqlite:FILE}
   * @throws TypeConversionException when it is none of these
   */
  static StoreAddress parse(String text) {
    if (text.equals(MEMORY)) {
      return new StoreAddress(true, null);
    }
    if (text.startsWith(SQLITE)) {
      String name = text.substring(SQLITE.length());
      return new StoreAddress(false, name.isEmpty() ? null : path(name));
    }
    throw new TypeConversionException(
        "takes sqlite:, sqlite:FILE or memory:, not '%s'".formatted(text));
  }

  /** Reads what is typed, and tells the shell what can be; a file may follow. */
  static final class Converter implements ITypeConverter<StoreAddress>, Iterable<String> {

    @Override
    public StoreAddress convert(String text) {
      return parse(text);
    }

    @Override
    public Iterator<String> iterator() {
      return List.of(SQLITE, MEMORY).iterator();
    }
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "takes sqlite: or sqlite:FILE, and '%s' is no file name (%s)"
              .formatted(name, e.getReason()));
    }
  }

  /** Whether the registers end with the process. */
  boolean isMemory() {
    return memory;
  }

  /** Returns the database file; null where there is none. */
  Path file(Path dataDirectory) {
    if (memory) {
      return null;
    }
    return file == null ? dataDirectory.resolve(SqliteStore.DATABASE) : file;
  }

  /**
   * Opens the store and loads its registers.
   *
   * @param dataDirectory made when it is needed and missing
   * @throws io.wwep.store.StoreException when it cannot be opened
   */
  Store open(Path dataDirectory, Fsync fsync, HistoryLimit history) {
    if (memory) {
      return new MemoryStore();
    }
    return file == null
        ? SqliteStore.openIn(dataDirectory, fsync, history)
        : SqliteStore.open(file, fsync, history);
  }
}
