package io.wwep.console.metrics;

import io.wwep.store.Store;
import io.wwep.store.StoreFigures;
import io.wwep.store.StoreHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the store holds, how commits go, and how large its files are. */
final class StoreFamilies {

  private static final double MILLIS_PER_SECOND = 1e3;

  private StoreFamilies() {}

  /**
   * @param file of the store; null where it has none
   */
  static void addTo(Families families, Store store, Path file, StoreHealth health)
      throws IOException {
    StoreFigures figures = store.figures();
    commits(families, figures);
    health(families, health);
    sizes(families, figures);
    if (file != null) {
      families.gauge(
          "wwep_disk_free_bytes",
          "Room that is left where the database is.",
          Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace());
    }
    families.gauge(
        "wwep_devices", "Devices that have at least one written register.", store.deviceCount());
    families.gauge("wwep_registers", "Registers that have been written.", store.registerCount());
  }

  private static void commits(Families families, StoreFigures figures) {
    families.histogram(
        "wwep_commit_duration_seconds",
        "Time of a commit that succeeded, with the wait for the disk.",
        figures.commitTimes());
    families.histogram(
        "wwep_commit_writes",
        "Writes that share one commit: more come together the more clients write at a time.",
        figures.commitWrites());
    families.counter(
        "wwep_commits_failed_total",
        "Commits that failed: their writes were answered X (storage) and are stored nowhere.",
        figures.failedCommits());
    families.gauge(
        "wwep_commit_queue_batches",
        "Batches of requests that wait behind the commit under way.",
        figures.waitingBatches());
  }

  private static void health(Families families, StoreHealth health) {
    families.gauge(
        "wwep_durable",
        "1 while what is written is kept, 0 while writes are answered X (storage).",
        health.isDurable() ? 1 : 0);
    families.gauge(
        "wwep_commit_thread_busy_seconds",
        "For how long the thread that commits has been at one thing; 0 while it rests.",
        seconds(health.busy()));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / MILLIS_PER_SECOND;
  }

  private static void sizes(Families families, StoreFigures figures) {
    families.gauge("wwep_database_bytes", "Size of the database file.", figures.fileBytes());
    families.gauge(
        "wwep_database_log_bytes",
        "Size of the database's log, which keeps its size when it starts over.",
        figures.logBytes());
    families.gauge("wwep_history_writes", "Writes that the history has.", figures.historyWrites());
    families.gauge(
        "wwep_history_last_number",
        "Number of the last durable write, also of those before the start.",
        figures.lastWrite());
  }
}
