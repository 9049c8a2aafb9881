package io.wwep.store.sqlite;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the newest writes to some registers: first in the writes that no run has yet, which are
 * searched one by one, then in the runs, the newest first, one seek in each.
 *
 * <p>Each lookup is one read transaction, so it sees one moment whatever is written meanwhile. One
 * thread at a time.
 */
final class HistoryLookup {

  /** SQLite looks for the register's bytes; what it finds may still be something else. */
  private static final String REST =
      "SELECT "
          + HistoryChunk.COLUMNS
          + " FROM history_chunks WHERE id < ?2"
          + " AND id >= ifnull((SELECT max(id) FROM history_chunks WHERE id <= ?1), 0)"
          + " AND instr(writes, ?3) ORDER BY id DESC";

  private static final String BLOCKS =
      "SELECT "
          + RunBlock.COLUMNS
          + " FROM history_runs WHERE key BETWEEN ? AND ? ORDER BY key DESC";

  private final Path file;
  private final Connection connection;
  private final MetaTable meta;
  private final HistoryTable history;
  private final PreparedStatement rest;
  private final PreparedStatement blocks;
  private final Origins origins;

  // What is being looked for, and what was found, for the time of one call.
  private int first;
  private int last;
  private long before;
  private int limit;
  private List<HistoryEntry> entries;

  /** Numbers that a run has. */
  private long[] numbers = new long[64];

  private int count;

  // The chunk that was looked into last.
  private HistoryChunk chunk;

  /** Number of the last write whose chunk, and all before it that no run has, are whole. */
  private long wholeThrough;

  /**
   * @param file that the connection is to
   */
  HistoryLookup(Path file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    rest = connection.prepareStatement(REST);
    blocks = connection.prepareStatement(BLOCKS);
    meta = new MetaTable(connection);
    history = new HistoryTable(connection);
    origins = new Origins(connection);
  }

  /** Returns writes to registers from {@code first} to {@code last}, the newest first. */
  List<HistoryEntry> newest(int first, int last, long before, int limit) throws SQLException {
    this.first = first;
    this.last = last;
    this.before = before;
    this.limit = limit;
    entries = new ArrayList<>();
    chunk = null;
    // Read before the moment that is looked at: the mark may go ahead meanwhile.
    long marked = SyncMark.read(file, meta.get(MetaTable.DATABASE));
    try (Statement transaction = connection.createStatement()) {
      transaction.execute("BEGIN");
      try {
        find(marked);
        transaction.execute("COMMIT");
      } catch (SQLException | RuntimeException | Error e) {
        Connections.undo(transaction, e);
        throw e;
      } finally {
        origins.clear();
      }
    }
    return List.copyOf(entries);
  }

  private void find(long marked) throws SQLException {
    long foldedThrough = meta.get(MetaTable.FOLDED_THROUGH);
    history.requireEnds(meta.get(MetaTable.PRUNED_THROUGH), foldedThrough);
    SyncMark.require(file, marked, Math.max(history.lastId(), foldedThrough));
    long firstId = history.firstId();
    long through = meta.get(MetaTable.INDEXED_THROUGH);
    if (firstId == 0) {
      return;
    }
    if (before > through + 1) {
      requireWholeRest(Math.max(through, firstId - 1));
      searchRest(through);
    }
    long run = Math.min(RunBlock.runOf(through + 1) - 1, RunBlock.runOf(before - 1));
    while (run >= RunBlock.runOf(firstId) && entries.size() < limit) {
      findInRun(run--, firstId);
    }
  }

  /** The search passes over a chunk that has not the wanted bytes, though it should. */
  private void requireWholeRest(long through) throws SQLException {
    HistoryChunk first = history.chunkOf(Math.max(through, wholeThrough) + 1);
    history.visitAfter(
        first == null ? through : first.id() - 1, each -> wholeThrough = each.lastId());
  }

  private void searchRest(long through) throws SQLException {
    rest.setLong(1, through + 1);
    rest.setLong(2, before);
    rest.setBytes(3, needle());
    try (ResultSet found = rest.executeQuery()) {
      while (entries.size() < limit && found.next()) {
        chunk = HistoryChunk.from(found);
        for (long number = chunk.lastId();
            number >= chunk.id() && entries.size() < limit;
            number--) {
          if (number < before && number > through && isWanted(chunk.row(number))) {
            add(number);
          }
        }
      }
    }
  }

  /** Returns the bytes of the address that all wanted registers share. */
  private byte[] needle() {
    byte[] address = ByteBuffer.allocate(Integer.BYTES).putInt(first).array();
    return Arrays.copyOfRange(address, 1, first == last ? 4 : 3);
  }

  private boolean isWanted(long row) {
    int address = HistoryRow.address(row);
    return address >= first && address <= last;
  }

  private void findInRun(long run, long firstId) throws SQLException {
    count = 0;
    blocks.setLong(1, RunBlock.firstKey(run));
    blocks.setLong(2, RunBlock.lastKey(run, last));
    try (ResultSet found = blocks.executeQuery()) {
      RunBlock block = null;
      while ((block == null || block.goesOnBefore(first)) && found.next()) {
        RunBlock behind = block;
        block = RunBlock.from(found);
        requireNeighbours(block, behind, RunBlock.lastKey(run, last));
        block.visit(first, last, this::note);
      }
      if (block == null || block.goesOnBefore(first)) {
        throw Damage.of("the index of the history lacks a part of run %d".formatted(run));
      }
    }
    Arrays.sort(numbers, 0, count);
    for (int i = count - 1; i >= 0 && entries.size() < limit && numbers[i] >= firstId; i--) {
      fetch(numbers[i]);
    }
  }

  /**
   * No block may be missing between two, or between the first one that is looked at and its end.
   */
  private static void requireNeighbours(RunBlock block, RunBlock behind, long lastKey)
      throws SQLException {
    boolean next =
        behind == null
            ? block.next() == RunBlock.LAST || block.next() > lastKey
            : block.next() == behind.key();
    if (!next) {
      throw Damage.of("the index of the history lacks a part of run %d".formatted(block.run()));
    }
  }

  private void note(long number) {
    if (number < before) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = number;
    }
  }

  private void fetch(long number) throws SQLException {
    if (chunk == null || !chunk.has(number)) {
      chunk = history.chunkOf(number);
    }
    if (chunk == null || !chunk.has(number) || !isWanted(chunk.row(number))) {
      throw Damage.of("the index does not fit the history");
    }
    add(number);
  }

  private void add(long number) throws SQLException {
    entries.add(chunk.entry(number, origins.get(HistoryRow.peer(chunk.row(number)))));
  }
}
