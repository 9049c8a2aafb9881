package io.wwep.store.sqlite;

import io.wwep.store.RegisterTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/**
 * Reads everything out of a database, its server running or not: all is seen as of one moment, held
 * against its checksums, and nothing is changed. {@link Salvage} does the same with a damaged file.
 *
 * <p>A consumer may throw what it likes, which ends the reading.
 */
public final class Export {

  private static final int REGISTERS = 1 << BaseRow.REGISTER_BITS;

  private Export() {}

  /**
   * Reads the registers of {@code wwep.db} in a data directory, by device and register.
   *
   * @throws io.wwep.store.StoreException when it cannot be read or is damaged, which may be found
   *     out at the end
   */
  public static void registers(Path dataDirectory, Consumer<RegisterEntry> consumer) {
    read(
        dataDirectory,
        (connection, meta) -> {
          HistoryTable history = new HistoryTable(connection);
          history.requireEnds(
              meta.get(MetaTable.PRUNED_THROUGH), meta.get(MetaTable.FOLDED_THROUGH));
          BaseTable base = new BaseTable(connection, meta);
          Unfolded unfolded = new Unfolded();
          history.visitAfter(base.foldedThrough(), unfolded::add);
          Merge merge = new Merge(unfolded, consumer);
          base.visit(merge::row);
          merge.rest(REGISTERS << 16);
        });
  }

  /**
   * Reads the history of {@code wwep.db} in a data directory, the oldest write first.
   *
   * @throws io.wwep.store.StoreException as above
   */
  public static void history(Path dataDirectory, Consumer<HistoryEntry> consumer) {
    read(
        dataDirectory,
        (connection, meta) -> {
          long pruned = meta.get(MetaTable.PRUNED_THROUGH);
          HistoryTable history = new HistoryTable(connection);
          history.requireEnds(pruned, meta.get(MetaTable.FOLDED_THROUGH));
          Origins origins = new Origins(connection);
          history.visitAfter(
              pruned,
              chunk -> {
                for (long number = chunk.id(); number <= chunk.lastId(); number++) {
                  long row = chunk.row(number);
                  consumer.accept(chunk.entry(number, origins.get(HistoryRow.peer(row))));
                }
              });
        });
  }

  /** What is read. */
  private interface Work {
    void read(Connection connection, MetaTable meta) throws SQLException;
  }

  private static void read(Path dataDirectory, Work work) {
    Path file = dataDirectory.resolve(SqliteStore.DATABASE);
    ReadOnly.onceWith(
        file,
        connection -> {
          MetaTable meta = new MetaTable(connection);
          // Read before that moment: the mark may go ahead meanwhile.
          long marked = SyncMark.read(file, meta.get(MetaTable.DATABASE));
          try (Statement transaction = connection.createStatement()) {
            transaction.execute("BEGIN");
            long last = new HistoryTable(connection).lastId();
            SyncMark.require(file, marked, Math.max(last, meta.get(MetaTable.FOLDED_THROUGH)));
            work.read(connection, meta);
            transaction.execute("COMMIT");
          }
          return true;
        });
  }

  /** Values and times of the writes that are not in the base yet. */
  private static final class Unfolded implements BaseRow.Source {

    private final RegisterTable values = new RegisterTable();
    private final WrittenTimes times = new WrittenTimes();

    void add(HistoryChunk chunk) {
      times.reserve(chunk.rows().limit());
      for (long number = chunk.id(); number <= chunk.lastId(); number++) {
        long row = chunk.row(number);
        values.set(HistoryRow.address(row), HistoryRow.value(row));
        times.put(HistoryRow.address(row), chunk.timeMillis());
      }
    }

    @Override
    public int value(int address) {
      return values.get(address);
    }

    @Override
    public long timeMillis(int address) {
      return times.timeOf(address);
    }
  }

  /** Lays writes over the rows of the base, device after device. */
  private static final class Merge {

    private final Unfolded unfolded;
    private final int[] addresses;
    private final BaseRow.Visitor visitor;
    private int next;

    Merge(Unfolded unfolded, Consumer<RegisterEntry> consumer) {
      this.unfolded = unfolded;
      addresses = unfolded.times.sorted();
      visitor =
          (address, value, timeMillis) ->
              consumer.accept(new RegisterEntry(address, value, timeMillis));
    }

    void row(BaseRow row) throws SQLException {
      int first = row.device() * REGISTERS;
      rest(first);
      int end = endBefore(first + REGISTERS);
      row.with(addresses, next, end, unfolded).visit(visitor);
      next = end;
    }

    /** Devices of which the base has nothing yet. */
    void rest(int endAddress) throws SQLException {
      while (next < addresses.length && addresses[next] < endAddress) {
        int device = addresses[next] >> BaseRow.REGISTER_BITS;
        int end = endBefore((device + 1) * REGISTERS);
        BaseRow.empty(device).with(addresses, next, end, unfolded).visit(visitor);
        next = end;
      }
    }

    private int endBefore(int endAddress) {
      int end = next;
      while (end < addresses.length && addresses[end] < endAddress) {
        end++;
      }
      return end;
    }
  }
}
