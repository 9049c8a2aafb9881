package io.wwep.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
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

  private static final int CHECKED_HEADER_BYTES = 24;

  /** With another magic number the log's checksums are made of words in the order of a PC. */
  private static final int BIG_ENDIAN_LOG = 0x377F0683;

  private final FileChannel file;

  /** Null when there is none. */
  private final FileChannel log;

  private final int pageBytes;

  /** Where in the log the newest version of a page is. */
  private final Map<Integer, Long> inLog = new HashMap<>();

  private final BitSet unreadable = new BitSet();
  private boolean logDamaged;

  RawPages(Path databaseFile) throws IOException {
    Path logFile = LogFile.of(databaseFile);
    file = FileChannel.open(databaseFile, StandardOpenOption.READ);
    log = Files.exists(logFile) ? FileChannel.open(logFile, StandardOpenOption.READ) : null;
    pageBytes = pageBytes();
    if (log != null && log.size() > LOG_HEADER_BYTES) {
      readLog();
    }
  }

  private int pageBytes() {
    try {
      int stated = read(file, PAGE_BYTES_AT, 2).getShort(0) & 0xFFFF;
      return stated >= PAGE_BYTES_MIN && Integer.bitCount(stated) == 1
          ? stated
          : PAGE_BYTES_DEFAULT;
    } catch (IOException e) {
      return PAGE_BYTES_DEFAULT; // As all that wwep has made.
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

  /** Returns how many of the pages that were asked for the disk did not give. */
  int unreadable() {
    return unreadable.cardinality();
  }

  /** Returns a page; zeros where the file is cut, and where the disk does not give it. */
  ByteBuffer page(int number) {
    Long place = inLog.get(number);
    try {
      return place == null
          ? read(file, (number - 1L) * pageBytes, pageBytes)
          : read(log, place, pageBytes);
    } catch (IOException e) {
      unreadable.set(number);
      return ByteBuffer.allocate(pageBytes);
    }
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
    ByteBuffer header = piece(0, LOG_HEADER_BYTES);
    int frameBytes = FRAME_HEADER_BYTES + pageBytes;
    boolean whole =
        header.getInt(0) != 0
            && checksum(0, header, 0, CHECKED_HEADER_BYTES, header) == header.getLong(24);
    long salt = whole ? header.getLong(16) : piece(LOG_HEADER_BYTES + 8, 8).getLong(0);
    boolean damaged = !whole;
    Map<Integer, Long> uncommitted = new HashMap<>();
    long before = header.getLong(24);
    for (long at = LOG_HEADER_BYTES; at + frameBytes <= log.size(); at += frameBytes) {
      ByteBuffer frame = piece(at, frameBytes);
      if (frame.getLong(8) == salt) {
        if (checksumOfFrame(before, frame, header) == frame.getLong(16)) {
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

  /** Returns some of the log; zeros where the disk does not give it. */
  private ByteBuffer piece(long at, int length) {
    try {
      return read(log, at, length);
    } catch (IOException e) {
      logDamaged = true;
      return ByteBuffer.allocate(length);
    }
  }

  private static long checksumOfFrame(long before, ByteBuffer frame, ByteBuffer header) {
    long ofNumbers = checksum(before, frame, 0, 2 * Integer.BYTES, header);
    return checksum(ofNumbers, frame, FRAME_HEADER_BYTES, frame.limit(), header);
  }

  private static long checksum(long before, ByteBuffer of, int from, int end, ByteBuffer header) {
    ByteBuffer words = of.duplicate();
    words.order(
        header.getInt(0) == BIG_ENDIAN_LOG ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int first = (int) (before >>> Integer.SIZE);
    int second = (int) before;
    for (int at = from; at < end; at += 2 * Integer.BYTES) {
      first += words.getInt(at) + second;
      second += words.getInt(at + Integer.BYTES) + first;
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
