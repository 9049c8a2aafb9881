package io.wwep.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an import or a restore has to take away again when it fails, because it was not there
 * before.
 */
final class NewData {

  private final Path file;
  private boolean newFile;
  private final boolean newDirectory;

  private NewData(Path file) {
    this.file = file;
    newDirectory = Files.notExists(DataFiles.directoryOf(file));
  }

  /** Looks what there is, before anything is made. */
  static NewData of(Path file) {
    return new NewData(file);
  }

  /** Looks whether there is a database; for the owner of its lock, before it is made. */
  void lookForFile() {
    newFile = Files.notExists(file);
  }

  /** Removes the database if it is new; for the owner of its lock. */
  void removeFiles() {
    if (newFile) {
      for (String name : new String[] {".db", ".db-wal", ".db-shm", ".db-journal", ".mark"}) {
        remove(file.resolveSibling(StoreLock.stemOf(file) + name));
      }
    }
  }

  /** Removes the directory if it is new, with the lock in it. */
  void removeDirectory() {
    if (newDirectory) {
      remove(file.resolveSibling(StoreLock.stemOf(file) + ".lock"));
      remove(DataFiles.directoryOf(file));
    }
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Without a write in it, it does no harm.
    }
  }
}
