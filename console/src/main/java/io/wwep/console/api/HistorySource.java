package io.wwep.console.api;

import io.wwep.store.sqlite.HistoryReader;
import java.nio.file.Path;

/**
 * The history of a server's store, opened when somebody first asks for it. Used by workers, but for
 * {@link #isThere}, which any thread may ask.
 */
final class HistorySource implements AutoCloseable {

  private final Path file;
  private HistoryReader reader;
  private boolean closed;

  /**
   * @param file null where there is none
   */
  HistorySource(Path file) {
    this.file = file;
  }

  boolean isThere() {
    return file != null;
  }

  /**
   * Returns what reads it.
   *
   * @throws io.wwep.store.StoreException when the file cannot be read
   */
  synchronized HistoryReader reader() {
    if (closed) {
      throw new IllegalStateException("the console is closed");
    }
    if (reader == null) {
      reader = HistoryReader.open(file);
    }
    return reader;
  }

  /** Waits for what is being read. */
  @Override
  public synchronized void close() {
    closed = true;
    if (reader != null) {
      reader.close();
    }
  }
}
