package io.wwep.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The pages of a database file whose server is stopped, read without SQLite, which gives up a whole
 * table for one page that it cannot read. Pages that the log has newer are taken from there, as far
 * as a commit came after them (SQLite's file format, sections 1 and 4).
 */
final class RawPages implements AutoCloseable {

  private static final int PAGE_BYTES_DEFAULT = 4096;
  private static final int PAGE_BYTES_MIN = 512;
  private static final int PAGE_BYTES_AT = 16;
  private static final int LOG_HEADER_BYTES = 32;
  private static final int FRAME_HEADER_BYTES = 24;

  /** With this magic number the log's checksums are made of words in the order of a PC. */
  private static final int LITTLE_ENDIAN_LOG = 0x377F0682;

  private final FileChannel file;

  /** Null when there is none. */
  private final FileChannel log;

  private final int pageBytes;

  /** Where in the log the newest version of a page is. */
  private final Map<Integer, Long> inLog = new HashMap<>();

  private boolean logDamaged;

  RawPages(Path databaseFile) throws IOException {
    Path logFile = Path.of(databaseFile.toRealPath() + "-wal");
    file = FileChannel.open(databaseFile, StandardOpenOption.READ);
    log = Files.exists(logFile) ? FileChannel.open(logFile, StandardOpenOption.READ) : null;
    int stated = read(file, PAGE_BYTES_AT, 2).getShort(0) & 0xFFFF;
    pageBytes =
        stated >= PAGE_BYTES_MIN && Integer.bitCount(stated) == 1 ? stated : PAGE_BYTES_DEFAULT;
    if (log != null) {
      readLog();
    }
  }

  /** Returns the number of the last page; the first is 1. */
  int last() throws IOException {
    int inFile = (int) ((file.size() + pageBytes - 1) / pageBytes);
    return inLog.keySet().stream().reduce(inFile, Math::max);
  }

  /** Whether there are commits in the log of which a part cannot be read. */
  boolean isLogDamaged() {
    return logDamaged;
  }

  /** Returns a page; where the file is cut, zeros. */
  ByteBuffer page(int number) throws IOException {
    Long place = inLog.get(number);
    return place == null
        ? read(file, (number - 1L) * pageBytes, pageBytes)
        : read(log, place, pageBytes);
  }

  private static ByteBuffer read(FileChannel from, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && from.read(bytes, position + bytes.position()) > 0) {
      // More may come.
    }
    return bytes.clear();
  }

  /**
   * Frames of the log's present turn have its salt. Each is held against its own checksum, which
   * begins where that of the frame before has ended, so that one damaged frame spoils no other.
   */
  private void readLog() throws IOException {
    ByteBuffer header = read(log, 0, LOG_HEADER_BYTES);
    int frameBytes = FRAME_HEADER_BYTES + pageBytes;
    Map<Integer, Long> uncommitted = new HashMap<>();
    long before = header.getLong(24);
    boolean damaged = false;
    for (long at = LOG_HEADER_BYTES; at + frameBytes <= log.size(); at += frameBytes) {
      ByteBuffer frame = read(log, at, frameBytes);
      if (frame.getLong(8) == header.getLong(16)) {
        if (checksum(before, frame, header.getInt(0)) == frame.getLong(16)) {
          uncommitted.put(frame.getInt(0), at + FRAME_HEADER_BYTES);
        } else {
          damaged = true;
        }
        if (frame.getInt(4) != 0) {
          inLog.putAll(uncommitted);
          uncommitted.clear();
          logDamaged |= damaged;
        }
      }
      before = frame.getLong(16);
    }
  }

  private static long checksum(long before, ByteBuffer frame, int magic) {
    ByteBuffer words = frame.duplicate();
    words.order(magic == LITTLE_ENDIAN_LOG ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int first = (int) (before >>> Integer.SIZE);
    int second = (int) before;
    for (int at = 0; at < words.limit(); at += 2 * Integer.BYTES) {
      if (at < 2 * Integer.BYTES || at >= FRAME_HEADER_BYTES) {
        first += words.getInt(at) + second;
        second += words.getInt(at + Integer.BYTES) + first;
      }
    }
    return ((long) first << Integer.SIZE) | (second & 0xFFFF_FFFFL);
  }

  @Override
  public void close() throws IOException {
    file.close();
    if (log != null) {
      log.close();
    }
  }
}
