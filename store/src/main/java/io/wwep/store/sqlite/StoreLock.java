package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second server out of a database: a locked file beside it, with the owner's process ID in
 * it. The operating system releases the lock however the owner ends, so a leftover file locks
 * nothing; it is never deleted, because another process may be about to lock it.
 */
final class StoreLock implements AutoCloseable {

  /** Far behind the text, which others must be able to read where locks bar readers. */
  private static final long LOCKED_BYTE = 1 << 30;

  private static final int TEXT_BYTES_MAX = 32;
  static final String DATABASE_ENDING = ".db";

  /**
   * What this process holds. Where locks belong to processes, closing a second channel to the same
   * file would release the first one's lock, so a second one must not even be opened.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private StoreLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Returns {@code wwep.lock} for {@code wwep.db} and the ending {@code .lock}: one file whatever
   * path and links lead to the database.
   */
  static Path siblingOf(Path database, String ending) throws IOException {
    Path real = DataFiles.realNameOf(database);
    return real.resolveSibling(stemOf(real) + ending);
  }

  /** Returns where the lock of a database is. */
  static Path fileOf(Path database) throws IOException {
    return siblingOf(database, ".lock");
  }

  /** Whether a server ever had this database. */
  static boolean isBeside(Path database) {
    try {
      return Files.exists(fileOf(database));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether this process has the lock. */
  static boolean isHeld(Path database) throws IOException {
    return HELD.contains(fileOf(database));
  }

  /** Returns the running process that a lock file names, if it does; nothing is locked. */
  static OptionalLong owner(Path database) {
    long own = ProcessHandle.current().pid();
    try {
      Path path = fileOf(database);
      if (HELD.contains(path)) {
        return OptionalLong.of(own); // closing a second channel to it would release the lock
      }
      long pid = Long.parseLong(Files.readString(path, StandardCharsets.US_ASCII).strip());
      // A container that was started anew gives the same numbers again.
      boolean runs = pid != own && ProcessHandle.of(pid).isPresent();
      return runs ? OptionalLong.of(pid) : OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns {@code wwep} for {@code wwep.db}. */
  static String stemOf(Path database) {
    String name = database.getFileName().toString();
    return name.endsWith(DATABASE_ENDING)
        ? name.substring(0, name.length() - DATABASE_ENDING.length())
        : name;
  }

  /**
   * Locks a database whose directory exists.
   *
   * @throws StoreException when another server has it, or its directory cannot be written
   */
  static StoreLock acquire(Path database) {
    try {
      Path path = fileOf(database);
      if (!HELD.add(path)) {
        throw inUse(database, Long.toString(ProcessHandle.current().pid()));
      }
      try {
        return lock(database, path);
      } catch (IOException | RuntimeException e) {
        HELD.remove(path);
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(
          "cannot lock %s (%s): give this user write permission for its directory or choose another --data directory"
              .formatted(database, DataFiles.reason(e)),
          e);
    }
  }

  private static StoreLock lock(Path database, Path path) throws IOException {
    DataFiles.makeFile(path);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw inUse(database, read(channel));
      }
      write(channel, Long.toString(ProcessHandle.current().pid()) + "\n");
      return new StoreLock(path, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static StoreException inUse(Path database, String owner) {
    String process = owner.matches("\\d{1,20}") ? " (process " + owner + ")" : "";
    return new StoreException(
        "%s is in use by another wwep server%s: stop it or choose another --data directory"
            .formatted(database, process));
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(TEXT_BYTES_MAX);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      // Closing the channel has released the lock; a process ID left behind does no harm.
    } finally {
      HELD.remove(path);
    }
  }
}
