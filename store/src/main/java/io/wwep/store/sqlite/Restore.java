package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Puts a backup in place of a database whose server is stopped, and keeps what was there.
 *
 * <p>The backup is copied and checked under another name. When the copy gets the name {@code
 * wwep.db-restore}, the restore is decided: whoever opens the database next brings it to its end,
 * should this process be killed. Until then nothing has changed.
 */
public final class Restore {

  private static final String DECIDED = "-restore";
  private static final String LOG = "-wal";
  private static final String JOURNAL = "-journal";

  /** What to do about a backup that is damaged. */
  public static final String REMEDY =
      "restore an older backup; what is readable of this one comes out with 'wwep export --salvage', in an empty directory where it is "
          + SqliteStore.DATABASE;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * What a restore has done.
   *
   * @param report what the database has now
   * @param kept where the database is that was there before; null when there was none
   */
  public record Restored(CheckReport report, Path kept) {}

  private Restore() {}

  /**
   * Restores {@code wwep.db} of a data directory, which is made if it is missing.
   *
   * @throws StoreException when a server uses it, or the backup cannot be read or is damaged;
   *     nothing is changed then
   */
  public static Restored into(Path dataDirectory, Path backup) {
    requireBackup(backup);
    Path file = dataDirectory.resolve(SqliteStore.DATABASE);
    NewData newData = NewData.of(file);
    DataFiles.makeDirectoryOf(file);
    StoreLock lock = StoreLock.acquire(file);
    boolean decided = false;
    try {
      finishIfDecided(file);
      Path part = sibling(file, DECIDED + ".part");
      CheckReport report = Backup.copy(backup, part, REMEDY);
      Backup.move(part, sibling(file, DECIDED));
      decided = true;
      return new Restored(report, finishIfDecided(file));
    } finally {
      lock.close();
      if (!decided) {
        newData.removeDirectory();
      }
    }
  }

  /**
   * Makes sure that a file is one of ours.
   *
   * @throws StoreException when it is not, or cannot be read
   */
  static void requireBackup(Path backup) {
    try {
      if (Schema.isOurs(backup)) {
        return;
      }
    } catch (IOException e) {
      throw new StoreException(
          "cannot read %s (%s): give a file that 'wwep backup' made"
              .formatted(backup, DataFiles.reason(e)),
          e);
    }
    throw new StoreException(
        "%s is no backup of wwep: give a file that 'wwep backup' made".formatted(backup));
  }

  private static Path sibling(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  /**
   * Brings a restore to its end that was decided; for the owner of the lock.
   *
   * @return where the database is that was there before; null when there was none, or no restore
   */
  static Path finishIfDecided(Path file) {
    Path decided = sibling(file, DECIDED);
    try {
      if (!Files.exists(decided)) {
        return null;
      }
      // The same name each time, should it take several.
      String time = TIME.format(Files.getLastModifiedTime(decided).toInstant());
      Path kept = file.resolveSibling(StoreLock.stemOf(file) + "-replaced-" + time + ".db");
      keep(sibling(file, LOG), sibling(kept, LOG));
      // Of a creation that was cut off; SQLite would take it for the restored file's.
      keep(sibling(file, JOURNAL), sibling(kept, JOURNAL));
      keep(file, kept);
      Files.deleteIfExists(sibling(file, "-shm"));
      Files.deleteIfExists(SyncMark.fileOf(file));
      Backup.move(decided, file);
      return Files.exists(kept) ? kept : null;
    } catch (IOException e) {
      throw new StoreException(
          "cannot put %s in place (%s): give this user write permission for the directory and start again"
              .formatted(decided, DataFiles.reason(e)),
          e);
    }
  }

  private static void keep(Path from, Path to) throws IOException {
    if (Files.exists(from) && Files.size(from) > 0) {
      Backup.move(from, to);
    } else {
      Files.deleteIfExists(from);
    }
  }
}
