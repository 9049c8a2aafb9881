package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The place of a server's data, as somebody names it. */
public final class DataDirectory {

  private DataDirectory() {}

  /**
   * Makes sure that no file is where a data directory is, or would be.
   *
   * @throws StoreException when there is one
   */
  public static void requireNoFile(Path directory) {
    fileAt(directory)
        .ifPresent(
            file -> {
              throw new StoreException(
                  "%s is a file and not a data directory: give the directory of a server, or put it in place with 'wwep restore' if it is a backup"
                      .formatted(file));
            });
  }

  /** Returns the file, device or pipe that is in a directory's place, or further up. */
  static Optional<Path> fileAt(Path directory) {
    Path there = directory;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return Optional.ofNullable(there).filter(each -> !Files.isDirectory(each));
  }
}
