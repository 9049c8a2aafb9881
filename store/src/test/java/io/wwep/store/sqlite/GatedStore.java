package io.wwep.store.sqlite;

import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A store on a real file whose commits can be held up just before the disk has them. */
final class GatedStore implements AutoCloseable {

  private final Store store;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  GatedStore(Path directory) {
    Path file = directory.resolve("wwep.db");
    store =
        SqliteStore.open(
            file,
            Fsync.ALWAYS,
            HistoryLimit.DEFAULT,
            () ->
                new Database(file, Fsync.ALWAYS) {
                  @Override
                  void commit() throws SQLException {
                    pass();
                    super.commit();
                  }
                });
  }

  Store store() {
    return store;
  }

  private void pass() {
    held.countDown();
    try {
      if (!gate.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened the gate");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void holdCommits() {
    held = new CountDownLatch(1);
    gate = new CountDownLatch(1);
  }

  void awaitHeld() throws InterruptedException {
    if (!held.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("no commit came");
    }
  }

  void releaseCommits() {
    gate.countDown();
  }

  @Override
  public void close() {
    gate.countDown();
    store.close();
  }
}
