package io.wwep.store.sqlite;

import io.wwep.store.RegisterTable;
import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads out of a damaged database what can be told to be what was written: every row that fits its
 * checksum, also where SQLite no longer finds its way. Nothing is changed. Its server must be
 * stopped.
 */
public final class Salvage implements AutoCloseable {

  /** What there is to tell by whether something is missing. */
  private static final List<String> NUMBERS =
      List.of(
          MetaTable.PRUNED_THROUGH,
          MetaTable.FOLDED_THROUGH,
          MetaTable.BASE_SUM,
          MetaTable.PEERS,
          MetaTable.DATABASE);

  private final Path file;
  private final StoreLock lock;
  private final RawPages pages;
  private final SalvagedRows rows;
  private final Findings findings = new Findings();
  private final long pruned;

  private Salvage(Path file, StoreLock lock, RawPages pages) throws IOException {
    this.file = file;
    this.lock = lock;
    this.pages = pages;
    rows = new SalvagedRows(pages, findings);
    pruned = rows.meta(MetaTable.PRUNED_THROUGH, rows.firstNumber() - 1);
    if (rows.isEmpty()) {
      throw new StoreException(
          "nothing in %s can be told to be data of wwep (schema %d): restore a backup with 'wwep restore'"
              .formatted(file, Schema.VERSION));
    }
    findMissing();
  }

  /**
   * Looks through {@code wwep.db} in a data directory and its log.
   *
   * @throws StoreException when there is none, a server uses it, or nothing in it is ours
   */
  public static Salvage in(Path dataDirectory) {
    Path file = dataDirectory.resolve(SqliteStore.DATABASE);
    ReadOnly.requireFile(file);
    StoreLock lock = null;
    RawPages pages = null;
    Salvage opened = null;
    try {
      lock = lockIfThereIsOne(file);
      pages = new RawPages(file);
      opened = new Salvage(file, lock, pages);
      return opened;
    } catch (IOException e) {
      throw unreadable(file, e);
    } finally {
      if (opened == null) {
        close(pages, lock);
      }
    }
  }

  /** Where no server ever was, or nothing can be written, there is none now. */
  private static StoreLock lockIfThereIsOne(Path file) throws IOException {
    Path path = StoreLock.siblingOf(file, ".lock");
    return Files.isWritable(path) && Files.isWritable(DataFiles.directoryOf(path))
        ? StoreLock.acquire(file)
        : null;
  }

  private static StoreException unreadable(Path file, IOException e) {
    return new StoreException(
        "%s cannot be read (%s): check the disk and the file's permissions"
            .formatted(file, DataFiles.reason(e)),
        e);
  }

  /**
   * Returns what is missing as far as that can be told, a sentence without an end for each; to be
   * asked once all that is wanted was given.
   */
  public List<String> leftOut() {
    List<String> all = new ArrayList<>(findings.list());
    if (pages.unreadable() > 0) {
      all.add("%d pages that the disk does not give".formatted(pages.unreadable()));
    }
    return all;
  }

  private void findMissing() {
    for (String key : NUMBERS) {
      if (!rows.hasMeta(key)) {
        findings.add("%s of meta, so that more may be missing than is said here".formatted(key));
      }
    }
    if (pages.isLogDamaged()) {
      findings.add("some pages of the log %s-wal cannot be read".formatted(file.getFileName()));
    }
    long[] next = {pruned + 1};
    rows.visitRanges(
        (first, last) -> {
          addGap(next[0], first - 1);
          next[0] = Math.max(next[0], last + 1);
        });
    long marked = SyncMark.read(file, rows.meta(MetaTable.DATABASE, 0));
    addGap(next[0], Math.max(marked, rows.meta(MetaTable.FOLDED_THROUGH, 0)));
    long peers = rows.meta(MetaTable.PEERS, 0) - rows.peerCount();
    if (peers > 0) {
      findings.add(
          "%d peers, which are shown as %s".formatted(peers, SalvagedRows.UNKNOWN.address()));
    }
    long sum = 0;
    for (BaseRow row : rows.base()) {
      sum += row.crc();
    }
    if (sum != rows.meta(MetaTable.BASE_SUM, sum)) {
      findings.add("registers of one device or more, but for what the history has of them");
    }
  }

  private void addGap(long first, long last) {
    if (first <= last) {
      findings.add(
          first == last
              ? "write %d of the history".formatted(first)
              : "writes %d to %d of the history".formatted(first, last));
    }
  }

  /**
   * Gives the history, the oldest write first.
   *
   * @throws StoreException when the file cannot be read
   */
  public void history(Consumer<HistoryEntry> consumer) {
    visitWrites(
        (chunk, number) ->
            consumer.accept(chunk.entry(number, rows.peer(HistoryRow.peer(chunk.row(number))))));
  }

  /**
   * Gives the registers, by device and register. One whose newest write was lost has the value
   * before.
   *
   * @throws StoreException when the file cannot be read
   */
  public void registers(Consumer<RegisterEntry> consumer) {
    RegisterTable values = new RegisterTable();
    WrittenTimes times = new WrittenTimes();
    BitSet ofBase = new BitSet();
    for (BaseRow row : rows.base()) {
      visit(
          row,
          (address, value, timeMillis) -> {
            set(values, times, address, value, timeMillis);
            ofBase.set(address);
          });
    }
    // In a file that lost pages of its log, neither table can be taken for the later one.
    long folded = pages.isLogDamaged() ? -1 : rows.meta(MetaTable.FOLDED_THROUGH, -1);
    visitWrites(
        (chunk, number) -> {
          int address = HistoryRow.address(chunk.row(number));
          boolean later =
              !ofBase.get(address)
                  || (folded < 0 ? chunk.timeMillis() >= times.timeOf(address) : number > folded);
          if (later) {
            int value = HistoryRow.value(chunk.row(number));
            set(values, times, address, value, chunk.timeMillis());
          }
        });
    for (int address : times.sorted()) {
      consumer.accept(new RegisterEntry(address, values.get(address), times.timeOf(address)));
    }
  }

  private static void visit(BaseRow row, BaseRow.Visitor visitor) {
    try {
      row.visit(visitor);
    } catch (SQLException e) {
      throw new StoreException(e.getMessage(), e);
    }
  }

  private static void set(
      RegisterTable values, WrittenTimes times, int address, int value, long timeMillis) {
    values.set(address, value);
    times.reserve(1);
    times.put(address, timeMillis);
  }

  /** Receives writes. */
  private interface Writes {
    void write(HistoryChunk chunk, long number);
  }

  private void visitWrites(Writes writes) {
    long[] done = {pruned};
    try {
      rows.visitChunks(
          chunk -> {
            for (long number = Math.max(chunk.id(), done[0] + 1);
                number <= chunk.lastId();
                number++) {
              writes.write(chunk, number);
            }
            done[0] = Math.max(done[0], chunk.lastId());
          });
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public void close() {
    close(pages, lock);
  }

  private static void close(RawPages pages, StoreLock lock) {
    try {
      if (pages != null) {
        pages.close();
      }
    } catch (IOException e) {
      // Nothing was written through it.
    }
    if (lock != null) {
      lock.close();
    }
  }
}
