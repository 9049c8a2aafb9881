package io.wwep.it.power;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What processes did to the files below a directory, in order, as power_trace.c recorded it. */
final class PowerTrace implements AutoCloseable {

  /** What was done; the order is that of the C source, which counts from 1. */
  enum Kind {
    OPENED(true),
    CREATED(true),
    MADE_DIRECTORY(true),
    WRITTEN(false),
    RESIZED(false),
    REMOVED(true),
    RENAMED(true),
    SYNCING(false),
    SYNCED(false),
    FAILED(false);

    private static final Kind[] ALL = values();

    /** Whether the payload is a path. */
    private final boolean hasPath;

    Kind(boolean hasPath) {
      this.hasPath = hasPath;
    }
  }

  /**
   * One thing that was done.
   *
   * @param file inode number, which a later file may have again
   * @param offset of what was written; the new size; the number of a sync
   * @param startNanos before the call, on the clock of {@link System#nanoTime}
   * @param endNanos after it
   * @param path what the file was called when it was opened; of a rename, both names with a zero
   *     character between them
   * @param payloadAt where in the trace the bytes are that were written
   * @param length how many
   */
  record Event(
      Kind kind,
      long file,
      long offset,
      long startNanos,
      long endNanos,
      String path,
      long payloadAt,
      int length) {

    boolean isSync() {
      return kind == Kind.SYNCING || kind == Kind.SYNCED || kind == Kind.FAILED;
    }

    /** Whether the file's name ends like this. */
    boolean isOf(String ending) {
      return path.endsWith(ending);
    }
  }

  private static final int ENTRY_BYTES = 40;
  private static final int LENGTH_AT = 4;

  private final FileChannel channel;
  private final List<Event> events;
  private final long readNanos;

  private PowerTrace(FileChannel channel, List<Event> events, long readNanos) {
    this.channel = channel;
    this.events = events;
    this.readNanos = readNanos;
  }

  /** Reads a trace whose processes have ended; payloads stay in the file until they are needed. */
  static PowerTrace read(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    List<Event> events = new ArrayList<>();
    Map<Long, String> paths = new HashMap<>();
    ByteBuffer entry = newEntry();
    long at = 0;
    while (isWhole(channel, entry, at)) {
      Kind kind = Kind.ALL[entry.getInt(0) - 1];
      int length = entry.getInt(LENGTH_AT);
      at += ENTRY_BYTES;
      long inode = entry.getLong(8);
      if (kind.hasPath) {
        paths.put(inode, text(channel, at, length));
      }
      events.add(
          new Event(
              kind,
              inode,
              entry.getLong(16),
              entry.getLong(24),
              entry.getLong(32),
              paths.get(inode),
              at,
              length));
      at += length;
    }
    return new PowerTrace(channel, events, System.nanoTime());
  }

  /**
   * Takes a record away that a killed process began and did not end, which the next process would
   * append to. Nothing may write to the trace meanwhile.
   */
  static void endWithWholeRecord(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer entry = newEntry();
      long at = 0;
      while (isWhole(channel, entry, at)) {
        at += ENTRY_BYTES + entry.getInt(LENGTH_AT);
      }
      channel.truncate(at);
    }
  }

  private static ByteBuffer newEntry() {
    return ByteBuffer.allocate(ENTRY_BYTES).order(ByteOrder.nativeOrder());
  }

  /** Reads a record's head; returns whether the record is there up to its end. */
  private static boolean isWhole(FileChannel channel, ByteBuffer entry, long at)
      throws IOException {
    long bytes = channel.size() - at;
    if (bytes < ENTRY_BYTES) {
      return false;
    }
    channel.read(entry.clear(), at);
    return bytes - ENTRY_BYTES >= entry.getInt(LENGTH_AT);
  }

  private static String text(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(length);
    channel.read(text, at);
    return new String(text.array(), StandardCharsets.UTF_8);
  }

  List<Event> events() {
    return events;
  }

  /** Returns a trace of some of the events; close one of the two. */
  PowerTrace only(Predicate<Event> wanted) {
    return new PowerTrace(channel, events.stream().filter(wanted).toList(), readNanos);
  }

  /** Returns the first event behind an index that is like this; the number of events for none. */
  int find(int from, Predicate<Event> wanted) {
    int i = from;
    while (i < events.size() && !wanted.test(events.get(i))) {
      i++;
    }
    return i;
  }

  /**
   * Returns until when the state behind an event lasts: until the next call begins, or until the
   * trace was read.
   */
  long nanosBehind(int event) {
    return event + 1 < events.size() ? events.get(event + 1).startNanos() : readNanos;
  }

  /** Returns the bytes that an event wrote. */
  byte[] payload(Event event) {
    ByteBuffer bytes = ByteBuffer.allocate(event.length());
    try {
      channel.read(bytes, event.payloadAt());
      return bytes.array();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
