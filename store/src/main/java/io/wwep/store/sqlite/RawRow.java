package io.wwep.store.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A row as it is in a page (SQLite's file format, sections 1.6 and 2.1), all of it in that page, as
 * all rows of ours are.
 */
final class RawRow {

  /** What a page begins with whose rows have no numbers. */
  private static final int INDEX_LEAF = 0x0A;

  private static final int COLUMNS_MAX = 8;
  private static final int PAGE_HEADER_BYTES = 8;
  private static final int FILE_HEADER_BYTES = 100;

  private final long key;
  private final Object[] columns;

  /**
   * @param key the number of the row; 0 in a table without
   * @param columns each a Long, a byte[], a String, or null, which stands for the key
   */
  private RawRow(long key, Object... columns) {
    this.key = key;
    this.columns = columns;
  }

  /** Receives what can be made out as a row, right or wrong. */
  interface Visitor {
    void row(RawRow row);
  }

  /** Visits the rows of a page. One of another kind gives nothing, or what fits no checksum. */
  static void visit(ByteBuffer page, int pageNumber, Visitor visitor) {
    int header = pageNumber == 1 ? FILE_HEADER_BYTES : 0;
    boolean keyed = page.get(header) != INDEX_LEAF;
    int count = page.getShort(header + 3) & 0xFFFF;
    int pointers = header + PAGE_HEADER_BYTES;
    for (int i = 0; i < count && pointers + (2 * i) + 1 < page.limit(); i++) {
      RawRow row;
      try {
        row = at(page.duplicate().position(page.getShort(pointers + (2 * i)) & 0xFFFF), keyed);
      } catch (RuntimeException e) {
        continue; // Its bytes lead out of the page: damaged, or of no table of ours.
      }
      visitor.row(row);
    }
  }

  private static RawRow at(ByteBuffer cell, boolean keyed) {
    long payload = varint(cell);
    long key = keyed ? varint(cell) : 0;
    if (payload > cell.remaining()) {
      throw new IllegalArgumentException("not all of it is in this page");
    }
    int start = cell.position();
    ByteBuffer header = cell.duplicate();
    int headerBytes = (int) varint(header);
    header.limit(start + headerBytes);
    cell.position(start + headerBytes);
    Object[] columns = new Object[COLUMNS_MAX];
    int count = 0;
    while (header.hasRemaining()) {
      columns[count++] = value(varint(header), cell);
    }
    return new RawRow(key, Arrays.copyOf(columns, count));
  }

  private static Object value(long type, ByteBuffer from) {
    if (type >= 12) {
      byte[] bytes = new byte[(int) Math.min((type - 12) / 2, from.remaining() + 1L)];
      from.get(bytes);
      return type % 2 == 0 ? (Object) bytes : new String(bytes, StandardCharsets.UTF_8);
    }
    return switch ((int) type) {
      case 0 -> null;
      case 1, 2, 3, 4 -> integer(from, (int) type);
      case 5 -> integer(from, 6);
      case 6 -> integer(from, 8);
      case 8 -> 0L;
      case 9 -> 1L;
      default -> throw new IllegalArgumentException("no value of ours");
    };
  }

  private static Long integer(ByteBuffer from, int bytes) {
    long value = from.get();
    for (int i = 1; i < bytes; i++) {
      value = (value << Byte.SIZE) | (from.get() & 0xFF);
    }
    return value;
  }

  private static long varint(ByteBuffer from) {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      byte next = from.get();
      value = (value << 7) | (next & 0x7F);
      if (next >= 0) {
        return value;
      }
    }
    return (value << Byte.SIZE) | (from.get() & 0xFF);
  }

  long key() {
    return key;
  }

  /** Whether the columns are of these classes; void stands for the key's. */
  boolean has(Class<?>... classes) {
    boolean fits = columns.length == classes.length;
    for (int i = 0; fits && i < classes.length; i++) {
      fits = classes[i] == void.class ? columns[i] == null : classes[i].isInstance(columns[i]);
    }
    return fits;
  }

  long number(int column) {
    return (Long) columns[column];
  }

  byte[] bytes(int column) {
    return (byte[]) columns[column];
  }

  String text(int column) {
    return (String) columns[column];
  }
}
