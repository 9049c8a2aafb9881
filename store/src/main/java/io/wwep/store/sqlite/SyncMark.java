package io.wwep.store.sqlite;

import io.wwep.store.DamagedDataException;
import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A small file beside the database, {@code wwep.mark}, that says up to which number writes are
 * known to be on the disk. It is written when they are, before they are acknowledged, and nobody
 * waits for it: after a crash of the machine it may be old, but it never says too much.
 *
 * <p>A database that ends before the mark has lost something, and would not know. SQLite takes a
 * damaged log for one that a crash has cut, and leaves out what is behind the damage.
 *
 * <pre>
 *   | number of the database (8) | number of the write (8) | CRC-32C of both (4) |
 * </pre>
 *
 * <p>Without the file, or with one of another database, nothing is known. Commit thread only.
 */
final class SyncMark implements AutoCloseable {

  private static final String ENDING = ".mark";
  private static final int BYTES = 20;
  private static final byte[] NOTHING = {};

  private final long database;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);

  /** Null where there can be no such file; then there is no mark. */
  private final FileChannel channel;

  private SyncMark(long database, FileChannel channel) {
    this.database = database;
    this.channel = channel;
  }

  /** Returns where the mark of a database is. */
  static Path fileOf(Path databaseFile) throws IOException {
    return StoreLock.siblingOf(databaseFile, ENDING);
  }

  /** Opens the mark of a database to be moved. */
  static SyncMark open(Path databaseFile, long database) {
    FileChannel channel;
    try {
      Path file = fileOf(databaseFile);
      DataFiles.makeFile(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (IOException | StoreException e) {
      // It is a second guard, and must not stand in the way of the first one's start.
      channel = null;
    }
    return new SyncMark(database, channel);
  }

  /**
   * Returns the number of the last write of this database that is known to be on the disk; 0 when
   * nothing is known.
   */
  static long read(Path databaseFile, long database) {
    ByteBuffer bytes = read(databaseFile);
    return bytes != null && bytes.getLong(0) == database ? bytes.getLong(Long.BYTES) : 0;
  }

  /**
   * Makes sure that a database has all that its mark says.
   *
   * @param lastNumber of the last write that it has
   * @throws StoreException when it has not
   */
  static void require(Path databaseFile, long marked, long lastNumber) {
    if (lastNumber < marked) {
      throw new DamagedDataException(
          "%s lacks writes %d to %d, which were acknowledged: it or its log, %s-wal, is damaged: restore a backup with 'wwep restore', or save what is left with 'wwep export --salvage'; if an older copy was put in place on purpose, remove %s"
              .formatted(
                  databaseFile,
                  lastNumber + 1,
                  marked,
                  databaseFile.getFileName(),
                  StoreLock.stemOf(databaseFile) + ENDING));
    }
  }

  /**
   * Makes sure that a file which should have something in it is not empty. Without a file, its mark
   * is removed: somebody wants to begin anew.
   *
   * @throws StoreException when it is
   */
  static void requireFile(Path databaseFile) throws IOException {
    if (Files.notExists(databaseFile)) {
      Files.deleteIfExists(fileOf(databaseFile));
      return;
    }
    ByteBuffer bytes = Files.size(databaseFile) == 0 ? read(databaseFile) : null;
    if (bytes != null) {
      require(databaseFile, bytes.getLong(Long.BYTES), 0);
    }
  }

  private static ByteBuffer read(Path databaseFile) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(fileOf(databaseFile)));
      boolean whole = bytes.limit() == BYTES && bytes.getInt(2 * Long.BYTES) == crc(bytes);
      return whole ? bytes : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static int crc(ByteBuffer bytes) {
    return Checksum.of(bytes.getLong(0), bytes.getLong(Long.BYTES), NOTHING);
  }

  /** Says that all writes up to this number are on the disk. */
  void moveTo(long number) {
    if (channel == null) {
      return;
    }
    bytes.clear();
    bytes.putLong(database).putLong(number);
    bytes.putInt(crc(bytes)).flip();
    try {
      channel.write(bytes, 0);
    } catch (IOException e) {
      // The old mark is right too, only less than could be said.
    }
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing waits in it.
    }
  }
}
