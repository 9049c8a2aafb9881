package io.wwep.store.sqlite;

import io.wwep.store.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * All rows of a file that fit their checksums, wherever they are. A file may have rows of former
 * days too, in pages that SQLite has given up: of two rows for a device the one with more registers
 * is the later one, since none is ever removed.
 */
final class SalvagedRows {

  /** In place of a peer whose row cannot be read. */
  static final Origin UNKNOWN = new Origin("(unknown)", false);

  private static final int COUNT_BITS = 16;

  private final RawPages pages;
  private final Map<String, Long> meta = new HashMap<>();
  private final Map<Integer, Origin> peers = new HashMap<>();
  private final TreeMap<Integer, BaseRow> base = new TreeMap<>();

  /** By the number of the first write: the page and how many writes there are. */
  private final TreeMap<Long, Long> chunks = new TreeMap<>();

  /** What was found by the page that is being read. */
  private int page;

  SalvagedRows(RawPages pages, Findings findings) throws IOException {
    this.pages = pages;
    for (page = 1; page <= pages.last(); page++) {
      ByteBuffer bytes = pages.page(page);
      RawRow.visit(bytes, page, row -> sort(row, findings));
    }
  }

  private void sort(RawRow row, Findings findings) {
    if (row.has(void.class, Long.class, byte[].class, Long.class)) {
      HistoryChunk chunk = chunkOf(row);
      if (chunk != null) {
        chunks.merge(chunk.id(), place(chunk), (a, b) -> count(a) < count(b) ? b : a);
      }
    } else if (row.has(void.class, byte[].class, Long.class)) {
      addBase(row, findings);
    } else if (row.has(void.class, String.class, Long.class, String.class, Long.class)) {
      Origin origin = new Origin(row.text(1), row.number(2) == 1);
      if (PeerIds.crc((int) row.key(), origin) == row.number(4)) {
        peers.put((int) row.key(), origin);
      }
    } else if (row.has(String.class, Long.class, Long.class)
        && Checksum.of(row.number(1), 0, row.text(0)) == row.number(2)) {
      meta.merge(row.text(0), row.number(1), Math::max);
    }
  }

  private static HistoryChunk chunkOf(RawRow row) {
    try {
      return HistoryChunk.verified(row.key(), row.number(1), row.bytes(2), (int) row.number(3));
    } catch (SQLException e) {
      return null; // The gap that it leaves is told.
    }
  }

  private void addBase(RawRow row, Findings findings) {
    try {
      BaseRow found = BaseRow.verified(row.key(), row.bytes(1), (int) row.number(2));
      base.merge(
          found.device(), found, (a, b) -> a.registers().length < b.registers().length ? b : a);
    } catch (SQLException e) {
      findings.add(SqliteFailure.reason(e));
    }
  }

  private long place(HistoryChunk chunk) {
    return ((long) page << COUNT_BITS) | chunk.rows().limit();
  }

  private static int count(long place) {
    return (int) (place & ((1 << COUNT_BITS) - 1));
  }

  boolean hasMeta(String key) {
    return meta.containsKey(key);
  }

  /** Returns the number of the first write that there is; 1 when there is none. */
  long firstNumber() {
    return chunks.isEmpty() ? 1 : chunks.firstKey();
  }

  /** Returns a number of meta, or this one where it was lost. */
  long meta(String key, long otherwise) {
    return meta.getOrDefault(key, otherwise);
  }

  /** Returns the registers, by device. */
  Iterable<BaseRow> base() {
    return base.values();
  }

  /** Returns who has this number. */
  Origin peer(int id) {
    return peers.getOrDefault(id, UNKNOWN);
  }

  int peerCount() {
    return peers.size();
  }

  boolean isEmpty() {
    return base.isEmpty() && chunks.isEmpty();
  }

  /** Receives the places of writes. */
  interface Ranges {
    void range(long firstNumber, long lastNumber);
  }

  /** Tells which writes there are. */
  void visitRanges(Ranges ranges) {
    chunks.forEach((id, place) -> ranges.range(id, id + count(place) - 1));
  }

  /** Receives a chunk, of which some writes may have been in the one before. */
  interface Chunks {
    void chunk(HistoryChunk chunk);
  }

  /** Visits all chunks by their numbers. */
  void visitChunks(Chunks visitor) throws IOException {
    int held = 0;
    Map<Long, HistoryChunk> ofPage = new HashMap<>();
    for (Map.Entry<Long, Long> each : chunks.entrySet()) {
      int number = (int) (each.getValue() >>> COUNT_BITS);
      if (number != held) {
        ofPage.clear();
        RawRow.visit(pages.page(number), number, row -> hold(row, ofPage));
        held = number;
      }
      HistoryChunk chunk = ofPage.get(each.getKey());
      if (chunk != null) { // or the disk has given its page once and no more
        visitor.chunk(chunk);
      }
    }
  }

  private static void hold(RawRow row, Map<Long, HistoryChunk> chunks) {
    if (row.has(void.class, Long.class, byte[].class, Long.class)) {
      HistoryChunk chunk = chunkOf(row);
      if (chunk != null) {
        chunks.put(chunk.id(), chunk);
      }
    }
  }
}
