package io.wwep.store.sqlite;

import io.wwep.store.Fsync;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Moves SQLite's log to the database file beside the commits.
 *
 * <p>A checkpoint copies pages and waits for the disk, which takes many times as long as a commit;
 * SQLite would do it within one. Here a thread with a connection of its own does the bulk, while
 * commits go on appending to the log. So that the log can start over at its beginning, and stays as
 * large as it is, there must be a moment without an uncopied page: the commit thread copies the few
 * that came meanwhile.
 *
 * <pre>
 *   IDLE --log is long--> RUNNING --copied--> REST_DUE --commit thread copies the rest--> IDLE
 *                               \--failed--> FAILED --log is long--> RUNNING
 * </pre>
 *
 * <p>A failed checkpoint changes nothing: the log keeps everything, and the next one is tried with
 * a new connection. Should none succeed, the commit thread makes them, late.
 *
 * <p>Commit thread, but for what the thread {@code wwep-checkpoint} runs.
 */
final class Checkpointer {

  /** Uncopied pages that are worth a checkpoint; with 4 KiB each the log stays at about 4 MiB. */
  static final int DUE_PAGES = 1000;

  /** Beyond them the commit thread copies what the thread could not. */
  static final int OVERDUE_PAGES = 16 * DUE_PAGES;

  /** How often it is looked how long the log is; the question costs a few microseconds. */
  private static final int STEPS_BETWEEN_LOOKS = 32;

  /** What the commit thread may be left to copy, and how often the thread tries to get there. */
  private static final int REST_PAGES_MAX = 64;

  private static final int PASSES_MAX = 4;
  private static final long CLOSE_MILLIS_MAX = 300;

  private enum State {
    IDLE,
    RUNNING,
    REST_DUE,
    /** Idle, and the last one has failed. */
    FAILED
  }

  private final Path file;
  private final Fsync fsync;
  private final Consumer<SQLException> failures;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private final ExecutorService thread = BackgroundThread.named("wwep-checkpoint");
  private int stepsToLook = STEPS_BETWEEN_LOOKS;

  /**
   * @param failures told of what fails on the checkpoint's thread
   */
  Checkpointer(Path file, Fsync fsync, Consumer<SQLException> failures) {
    this.file = file;
    this.fsync = fsync;
    this.failures = failures;
  }

  /** After each commit: looks whether there is something to start, or to end. */
  void step(Session session) throws SQLException {
    State now = state.get();
    if (now == State.REST_DUE) {
      state.set(State.IDLE);
      session.query(Database::checkpointWhatIsFree);
    } else if (now != State.RUNNING && --stepsToLook <= 0) {
      stepsToLook = STEPS_BETWEEN_LOOKS;
      long uncopied = session.query(Database::logLength).uncopied();
      if (now == State.FAILED && uncopied >= OVERDUE_PAGES) {
        session.query(Database::checkpointWhatIsFree);
      } else if (uncopied >= DUE_PAGES) {
        // One that opens the file anew would make another log where the first was removed.
        session.identity().checkNow();
        state.set(State.RUNNING);
        thread.execute(this::run);
      }
    }
  }

  /** On its own thread. */
  private void run() {
    State next = State.FAILED;
    try (Connection connection = connect()) {
      LogLength length = LogLength.ask(connection, "PASSIVE");
      for (int i = 1; i < PASSES_MAX && length.uncopied() > REST_PAGES_MAX; i++) {
        length = LogLength.ask(connection, "PASSIVE");
      }
      next = State.REST_DUE;
    } catch (SQLException e) {
      // The log keeps everything, unless it was the log's sync that failed.
      failures.accept(e);
    } finally {
      state.set(next);
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = Connections.toWrite(file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("PRAGMA synchronous = " + (fsync == Fsync.NEVER ? "OFF" : "NORMAL"));
      statement.execute("PRAGMA checkpoint_fullfsync = ON");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Ends the thread; what it has not copied is copied when the database is closed.
   *
   * @return whether it has ended; a disk that hangs holds it up
   */
  boolean close() {
    thread.shutdown();
    return BackgroundThread.awaitEnd(thread, CLOSE_MILLIS_MAX);
  }
}
