package io.wwep.store.sqlite;

import io.wwep.store.DamagedDataException;
import io.wwep.store.Origin;
import io.wwep.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.List;

/**
 * Looks whether all of a database is as it was written: SQLite's structures, every row with its
 * checksum, and whether the tables agree with each other. It changes nothing, and the server may
 * run meanwhile; all is seen as of one moment.
 */
public final class DatabaseCheck {

  private static final int POSITIONS_MAX = HistoryTable.CHUNK_WRITES_MAX - 1;

  private static final String STRUCTURE = "SQLite's structure: ";

  private final Path file;
  private final Connection connection;
  private final Findings findings = new Findings();
  private final MetaTable meta;
  private final BitSet peers = new BitSet();
  private int devices;
  private int registers;
  private long firstWrite;
  private long lastWrite;
  private long indexed;

  private DatabaseCheck(Path file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    meta = new MetaTable(connection);
  }

  /**
   * Checks {@code wwep.db} in a data directory, as {@link #run} does.
   *
   * @throws StoreException when it cannot be read at all
   */
  public static CheckReport runIn(Path dataDirectory) {
    return run(dataDirectory.resolve(SqliteStore.DATABASE));
  }

  /**
   * Checks a copy that a backup made, as {@link #run} does.
   *
   * @throws StoreException when it is none, or cannot be read at all
   */
  public static CheckReport runOnBackup(Path file) {
    Restore.requireBackup(file);
    return run(file);
  }

  /**
   * Checks a database file. Ten million writes take seconds.
   *
   * @throws StoreException when there is none, or it cannot be read at all: no permission, another
   *     program's, of another version
   */
  public static CheckReport run(Path file) {
    try {
      return ReadOnly.with(file, connection -> new DatabaseCheck(file, connection).atOneMoment());
    } catch (DamagedDataException e) {
      // So much that SQLite does not even find its tables.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new CheckReport(0, 0, 0, 0, 0, 0, 0, List.of(STRUCTURE + SqliteFailure.reason(cause)));
    }
  }

  private CheckReport atOneMoment() throws SQLException {
    // Read before that moment: the mark may go ahead meanwhile.
    long marked = mark();
    try (Statement transaction = connection.createStatement()) {
      transaction.execute("BEGIN");
      CheckReport report = report(marked);
      transaction.execute("COMMIT");
      return report;
    }
  }

  private long mark() {
    try {
      return SyncMark.read(file, meta.get(MetaTable.DATABASE));
    } catch (SQLException e) {
      return 0;
    }
  }

  private CheckReport report(long marked) throws SQLException {
    findings.during(this::checkStructure);
    findings.during(() -> Schema.requireTables(connection));
    findings.during(this::checkPositions);
    findings.during(this::checkPeers);
    findings.during(this::checkHistory);
    findings.during(this::checkRegisters);
    if (lastWrite < marked) {
      findings.add(
          "writes %d to %d are missing, which were acknowledged: the end of the history or of the log %s-wal is damaged"
              .formatted(lastWrite + 1, marked, file.getFileName()));
    }
    return new CheckReport(
        Connections.number(connection, "PRAGMA page_count"),
        devices,
        registers,
        firstWrite,
        lastWrite,
        indexed,
        peers.cardinality(),
        findings.list());
  }

  private void checkStructure() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery("PRAGMA integrity_check")) {
      while (lines.next()) {
        String line = firstFinding(lines.getString(1));
        if (!line.equals("ok")) {
          findings.add(STRUCTURE + line);
        }
      }
    }
  }

  /** SQLite may put the database's name in a line of its own before what it has found. */
  private static String firstFinding(String lines) {
    return lines.lines().filter(line -> !line.startsWith("***")).findFirst().orElse(lines);
  }

  private void checkPositions() throws SQLException {
    String sql = "SELECT count(*) = %1$d + 1 AND min(i) = 0 AND max(i) = %1$d FROM positions";
    if (Connections.number(connection, sql.formatted(POSITIONS_MAX)) != 1) {
      findings.add("positions are not 0 to %d: the views show too little".formatted(POSITIONS_MAX));
    }
  }

  private void checkPeers() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT id, address, secure, hex, crc FROM peers")) {
      while (rows.next()) {
        int id = rows.getInt(1);
        String address = rows.getString(2);
        boolean whole =
            id > 0
                && id <= HistoryRow.PEER_MAX
                && address != null
                && "%06X".formatted(id).equals(rows.getString(4))
                && rows.getInt(5) == PeerIds.crc(id, new Origin(address, rows.getInt(3) == 1));
        if (whole) {
          peers.set(id);
        } else {
          findings.add("peer %d is not what was written".formatted(id));
        }
      }
    }
    long expected = meta.get(MetaTable.PEERS);
    if (peers.cardinality() != expected || peers.length() > expected + 1) {
      findings.add("there are %d peers in place of %d".formatted(peers.cardinality(), expected));
    }
  }

  private void checkHistory() throws SQLException {
    long pruned = meta.get(MetaTable.PRUNED_THROUGH);
    HistoryTable history = new HistoryTable(connection);
    lastWrite = Math.max(history.lastId(), meta.get(MetaTable.FOLDED_THROUGH));
    firstWrite = history.firstId();
    history.requireEnds(pruned, meta.get(MetaTable.FOLDED_THROUGH));
    RunsCheck runs =
        new RunsCheck(connection, findings, firstWrite, meta.get(MetaTable.INDEXED_THROUGH));
    history.visitAfter(
        pruned,
        chunk -> {
          for (long number = chunk.id(); number <= chunk.lastId(); number++) {
            checkPeer(number, HistoryRow.peer(chunk.row(number)));
            runs.write(number, HistoryRow.address(chunk.row(number)));
          }
        });
    indexed = runs.indexed();
  }

  private void checkPeer(long number, int peer) {
    if (!peers.get(peer)) {
      findings.add("write %d is by peer %d, which is not there".formatted(number, peer));
    }
  }

  private void checkRegisters() throws SQLException {
    RegistersCheck check = new RegistersCheck(findings);
    findings.during(
        () ->
            check.run(
                new HistoryTable(connection),
                new BaseTable(connection, meta),
                meta.get(MetaTable.PRUNED_THROUGH)));
    devices = check.devices();
    registers = check.registers();
  }
}
