package io.wwep.store.sqlite;

import io.wwep.store.Origin;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

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
      "SELECT id, time_ms, writes FROM history_chunks WHERE id < ?2"
          + " AND id >= ifnull((SELECT max(id) FROM history_chunks WHERE id <= ?1), 0)"
          + " AND instr(writes, ?3) ORDER BY id DESC";

  private static final String BLOCKS =
      "SELECT key, pairs FROM history_runs WHERE key BETWEEN ? AND ? ORDER BY key DESC";

  private static final String CHUNK =
      "SELECT id, time_ms, writes FROM history_chunks WHERE id <= ? ORDER BY id DESC LIMIT 1";

  private final Connection connection;
  private final PreparedStatement rest;
  private final PreparedStatement blocks;
  private final PreparedStatement chunk;
  private final PreparedStatement peer;

  // What is being looked for, and what was found, for the time of one call.
  private int first;
  private int last;
  private long before;
  private int limit;
  private List<HistoryEntry> entries;
  private final Map<Integer, Origin> origins = new HashMap<>();

  /** Numbers that a run has. */
  private long[] numbers = new long[64];

  private int count;

  // The chunk that was looked into last.
  private long chunkId;
  private long chunkMillis;
  private LongBuffer chunkRows;

  HistoryLookup(Connection connection) throws SQLException {
    this.connection = connection;
    rest = connection.prepareStatement(REST);
    blocks = connection.prepareStatement(BLOCKS);
    chunk = connection.prepareStatement(CHUNK);
    peer = connection.prepareStatement("SELECT address, secure FROM peers WHERE id = ?");
  }

  /** Returns writes to registers from {@code first} to {@code last}, the newest first. */
  List<HistoryEntry> newest(int first, int last, long before, int limit) throws SQLException {
    this.first = first;
    this.last = last;
    this.before = before;
    this.limit = limit;
    entries = new ArrayList<>();
    chunkRows = null;
    try (Statement transaction = connection.createStatement()) {
      transaction.execute("BEGIN");
      try {
        find();
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

  private void find() throws SQLException {
    long firstId = Connections.number(connection, "SELECT min(id) FROM history_chunks");
    long through = Connections.number(connection, HistoryRuns.INDEXED_THROUGH);
    if (firstId == 0) {
      return;
    }
    if (before > through + 1) {
      searchRest(through);
    }
    long run = Math.min(RunBlock.runOf(through + 1) - 1, RunBlock.runOf(before - 1));
    while (run >= RunBlock.runOf(firstId) && entries.size() < limit) {
      findInRun(run--, firstId);
    }
  }

  private void searchRest(long through) throws SQLException {
    rest.setLong(1, through + 1);
    rest.setLong(2, before);
    rest.setBytes(3, needle());
    try (ResultSet found = rest.executeQuery()) {
      while (entries.size() < limit && found.next()) {
        takeChunk(found);
        for (int i = chunkRows.limit() - 1; i >= 0 && entries.size() < limit; i--) {
          long number = chunkId + i;
          if (number < before && number > through && isWanted(chunkRows.get(i))) {
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
      boolean goesOn = true;
      while (goesOn && found.next()) {
        RunBlock block = new RunBlock(found.getLong(1), found.getBytes(2));
        block.visit(first, last, this::note);
        goesOn = block.goesOnBefore(first);
      }
    }
    Arrays.sort(numbers, 0, count);
    for (int i = count - 1; i >= 0 && entries.size() < limit && numbers[i] >= firstId; i--) {
      fetch(numbers[i]);
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
    if (chunkRows == null || number < chunkId || number >= chunkId + chunkRows.limit()) {
      chunkRows = null;
      chunk.setLong(1, number);
      try (ResultSet found = chunk.executeQuery()) {
        if (found.next()) {
          takeChunk(found);
        }
      }
    }
    int index = (int) (number - chunkId);
    if (chunkRows == null || index >= chunkRows.limit() || !isWanted(chunkRows.get(index))) {
      throw new SQLiteException(
          "the index does not fit the history", SQLiteErrorCode.SQLITE_CORRUPT);
    }
    add(number);
  }

  private void takeChunk(ResultSet found) throws SQLException {
    chunkId = found.getLong(1);
    chunkMillis = found.getLong(2);
    chunkRows = HistoryTable.writesOf(found.getBytes(3));
  }

  private void add(long number) throws SQLException {
    long row = chunkRows.get((int) (number - chunkId));
    entries.add(
        new HistoryEntry(
            number,
            chunkMillis,
            HistoryRow.address(row),
            HistoryRow.value(row),
            origin(HistoryRow.peer(row))));
  }

  private Origin origin(int id) throws SQLException {
    Origin known = origins.get(id);
    if (known == null) {
      peer.setInt(1, id);
      try (ResultSet found = peer.executeQuery()) {
        known =
            found.next()
                ? new Origin(found.getString(1), found.getInt(2) == 1)
                : new Origin("(unknown)", false);
      }
      origins.put(id, known);
    }
    return known;
  }
}
