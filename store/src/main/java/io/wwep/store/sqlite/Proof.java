package io.wwep.store.sqlite;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Wwep;
import io.wwep.store.DamagedDataException;
import io.wwep.store.RegisterTable;
import io.wwep.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Makes sure, after the disk has failed, that everything acknowledged is in the database file.
 *
 * <p>A failed sync leaves a system's cache and its disk apart: the cache shows what was written,
 * the disk may lack it, and the next sync reports success for what came since. A log with such a
 * hole ends there after a power loss, whatever was appended behind it. So the whole log is written
 * anew, copied to the database file, and that is synced; only then, and when the file is sound and
 * holds the registers that memory holds, can a write be acknowledged again.
 *
 * <p>Commit thread only. Takes about a second for a million registers with a short history, and
 * longer with a long one: the file is looked through as a whole, and where pages have to be written
 * anew, all of them are.
 */
final class Proof {

  private final Path file;
  private final RegisterTable table;

  /** The last failure after which the log was written anew; null when there was none. */
  private Throwable logSecuredAfter;

  /** Whether pages have been copied of which no sync has told that they are on disk. */
  private boolean pagesAtRisk;

  /**
   * @param table what was acknowledged
   */
  Proof(Path file, RegisterTable table) {
    this.file = file;
    this.table = table;
  }

  /**
   * Writes the log anew; once for each failure, and before anything else is written, which may have
   * the log start over.
   *
   * @param database freshly opened; what was not acknowledged may still be in it
   * @param failure of the disk
   * @param progress told afterwards; it takes long where there is much in the log
   */
  void secureLog(Database database, Throwable failure, Runnable progress) throws SQLException {
    if (logSecuredAfter != failure) {
      pagesAtRisk |= database.logLength().copied() > 0;
      database.writeLogAnew();
      logSecuredAfter = failure;
      progress.run();
    }
  }

  /**
   * Writes every page anew where a checkpoint had copied some; once, and before the log is copied.
   *
   * @param database whose log is secure
   * @param progress told now and then; it takes long where there is much in the file
   */
  void securePages(Database database, Runnable progress) throws SQLException {
    if (pagesAtRisk) {
      database.writePagesAnew(progress);
      pagesAtRisk = false;
      progress.run();
    }
  }

  /**
   * Copies the log and checks the file.
   *
   * @param database secured, and without what was not acknowledged
   * @param progress told now and then; it takes long where there is much in the file
   * @return how many registers it holds
   * @throws StoreException when another program holds the log up, or the file is not as it must be
   */
  int of(Database database, Runnable progress) throws SQLException {
    if (!database.checkpoint()) {
      throw new StoreException(
          "the log of %s cannot be copied while another program reads it: end that program's transaction"
              .formatted(file));
    }
    progress.run();
    String damage = database.damage(progress);
    if (damage != null) {
      throw new DamagedDataException(
          "%s is damaged (%s): reads go on from memory; save what you need with 'wwep dump', stop the server and restore a backup with 'wwep restore'"
              .formatted(file, damage));
    }
    progress.run();
    requireWhatWasAcknowledged(database);
    progress.run();
    return table.registerCount();
  }

  private void requireWhatWasAcknowledged(Database database) throws SQLException {
    RegisterTable onDisk = new RegisterTable();
    database.base().visit(row -> row.load(onDisk));
    database.history().visitAfter(database.base().foldedThrough(), chunk -> load(chunk, onDisk));
    for (int address = 0; address < Wwep.REGISTER_COUNT; address++) {
      if (onDisk.get(address) != table.get(address)) {
        throw new DamagedDataException(
            "%s does not hold what was acknowledged (register %s differs): reads go on from memory; save what you need with 'wwep dump', stop the server and restore a backup with 'wwep restore'"
                .formatted(file, RegisterId.ofAddress(address)));
      }
    }
  }

  private static void load(HistoryChunk chunk, RegisterTable onDisk) {
    for (long number = chunk.id(); number <= chunk.lastId(); number++) {
      long row = chunk.row(number);
      onDisk.set(HistoryRow.address(row), HistoryRow.value(row));
    }
  }
}
