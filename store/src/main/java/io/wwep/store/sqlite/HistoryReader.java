package io.wwep.store.sqlite;

import io.wwep.protocol.RegisterId;
import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * Reads who wrote a register when, and what registers were at moments of the past, from the file of
 * a store that is open or not, with a connection of its own; writes of the store go on meanwhile.
 * Each call sees one moment. A page of writes takes milliseconds, also for a register that was
 * written rarely or never, once the index has caught up with the history.
 *
 * <p>A moment of the past is the number of a write: what was after it. Numbers tell the order also
 * where the server's clock was set back. The file may hold a commit some milliseconds before it is
 * acknowledged, and until it is repaired one that has failed.
 *
 * <p>May be used by any thread, but an event loop's; one at a time is served.
 */
public final class HistoryReader implements AutoCloseable {

  /** Most entries of one call. */
  public static final int LIMIT_MAX = 10_000;

  /** Most registers of one call for series. */
  public static final int SERIES_MAX = 16;

  /** Most buckets of a series. */
  public static final int BUCKETS_MAX = 4_000;

  /** The end of the year 9999, milliseconds since 1970. */
  private static final long TIME_MILLIS_MAX = 253_402_300_800_000L;

  private final Path file;
  private Connection connection;

  /** Null after a failure, which ends statements too: the next call connects anew. */
  private HistoryView view;

  // All of the view.
  private HistoryPages pages;
  private HistoryClock clock;
  private HistoryStates states;
  private SeriesReader series;

  private HistoryReader(Path file) throws SQLException {
    this.file = file;
    connect();
  }

  /**
   * Opens {@code wwep.db} in a data directory, as {@link #open} does.
   *
   * @throws StoreException when it cannot be opened
   */
  public static HistoryReader openIn(Path dataDirectory) {
    return open(dataDirectory.resolve(SqliteStore.DATABASE));
  }

  /**
   * Opens a database file.
   *
   * @throws StoreException when there is none, or it cannot be opened: unreadable, damaged, of
   *     another version or another program
   */
  public static HistoryReader open(Path file) {
    NativeLibrary.load();
    ReadOnly.requireFile(file);
    try {
      return new HistoryReader(file);
    } catch (SQLException e) {
      throw SqliteFailure.exception(e, file);
    }
  }

  private void connect() throws SQLException {
    try {
      use(Connections.toRead(file));
    } catch (SQLException e) {
      if (!SqliteFailure.isReadOnly(e) || hasLog()) {
        throw e;
      }
      // A database that was closed has no log, and where none can be made, nobody writes either.
      use(Connections.toReadUnchanged(file));
    }
  }

  private boolean hasLog() {
    try {
      // SQLite keeps the log beside what a link leads to.
      return Files.exists(LogFile.of(file));
    } catch (IOException e) {
      return false;
    }
  }

  private void use(Connection opened) throws SQLException {
    try (Statement statement = opened.createStatement()) {
      Schema.requireCurrent(statement, file);
      HistoryView opening = new HistoryView(file, opened);
      pages = new HistoryPages(opening);
      clock = new HistoryClock(opening);
      states = new HistoryStates(opening);
      series = new SeriesReader(opening, clock, pages, states);
      view = opening;
      connection = opened;
    } catch (SQLException | RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Returns writes between two numbers. The next page begins behind the last one of a page.
   *
   * @param registers which ones' writes
   * @param afterNumber only writes with larger numbers, 0 or more
   * @param beforeNumber only writes with smaller numbers, 1 to {@link Long#MAX_VALUE}
   * @param limit how many at most, 1 to {@link #LIMIT_MAX}
   * @param order which come first
   * @throws IllegalArgumentException when an argument is out of its range
   * @throws StoreException when the file cannot be read
   */
  public List<HistoryEntry> writes(
      AddressRange registers, long afterNumber, long beforeNumber, int limit, HistoryOrder order) {
    if (afterNumber < 0 || beforeNumber < 1) {
      throw new IllegalArgumentException(
          "afterNumber must be 0 or more and beforeNumber 1 or more, not %d and %d"
              .formatted(afterNumber, beforeNumber));
    }
    requireLimit(limit);
    return read(() -> List.copyOf(pages.page(registers, afterNumber, beforeNumber, limit, order)));
  }

  /**
   * Returns which writes the history has.
   *
   * @throws StoreException when the file cannot be read
   */
  public HistorySpan span() {
    return read(() -> view.span());
  }

  /**
   * Returns the number of the last write that was committed at a moment or before it; 0 when the
   * history has none. Where {@link HistorySpan#isPruned}, 0 also stands for moments that are known
   * no more.
   *
   * <p>If the clock was set back, several places fit one moment. The result is one of them: the
   * write was committed at the moment or before, the next one later, and a later moment has no
   * smaller number. It is the same for the same history.
   *
   * @param timeMillis milliseconds since 1970
   * @throws StoreException when the file cannot be read
   */
  public long numberAt(long timeMillis) {
    return read(
        () -> {
          long number = clock.numbersAt(timeMillis)[0];
          return number < view.firstNumber() ? 0L : number;
        });
  }

  /**
   * Returns the course of some registers, in the order of the addresses. The span is cut into
   * buckets of equal length; a write belongs to the one in which {@link #numberAt} finds it, which
   * is that of its time unless the clock was set back. A register with at most {@link
   * Series#EXACT_MAX} writes has all of them by themselves.
   *
   * <p>The first look at ten million writes takes a fraction of a second, or some seconds if each
   * was a commit by itself; later ones take about a tenth of that.
   *
   * @param addresses 1 to {@link #SERIES_MAX} different ones
   * @param fromMillis the beginning, milliseconds since 1970, 0 or more
   * @param toMillis behind the end, later than the beginning, before the year 10000
   * @param buckets 1 to {@link #BUCKETS_MAX}
   * @throws IllegalArgumentException when an argument is out of its range
   * @throws StoreException when the file cannot be read
   */
  public List<Series> series(int[] addresses, long fromMillis, long toMillis, int buckets) {
    int[] ascending = Arrays.stream(addresses).sorted().distinct().toArray();
    if (ascending.length != addresses.length
        || ascending.length < 1
        || ascending.length > SERIES_MAX) {
      throw new IllegalArgumentException(
          "addresses must be 1 to %d different ones, not %s"
              .formatted(SERIES_MAX, Arrays.toString(addresses)));
    }
    Arrays.stream(ascending).forEach(AddressRange::of);
    if (fromMillis < 0 || fromMillis >= toMillis || toMillis > TIME_MILLIS_MAX) {
      throw new IllegalArgumentException(
          "fromMillis must be 0 or more, and toMillis more than that and %d at most, not %d and %d"
              .formatted(TIME_MILLIS_MAX, fromMillis, toMillis));
    }
    if (buckets < 1 || buckets > BUCKETS_MAX) {
      throw new IllegalArgumentException(
          "buckets must be 1 to %d, not %d".formatted(BUCKETS_MAX, buckets));
    }
    List<Series> found = read(() -> series.series(ascending, fromMillis, toMillis, buckets));
    return Arrays.stream(addresses)
        .mapToObj(each -> found.get(Arrays.binarySearch(ascending, each)))
        .toList();
  }

  /**
   * Returns what the registers of a device were after a write; those that nobody had written are
   * left out.
   *
   * @param number of the write, as {@link #numberAt} tells it; {@link Long#MAX_VALUE} for now. Of
   *     numbers before the history, 0 among them, all is {@link RegisterState.Unknown} if it was
   *     pruned.
   * @param device 0 to 0xFFFF
   * @throws IllegalArgumentException when an argument is out of its range
   * @throws StoreException when the file cannot be read
   */
  public List<RegisterState> stateAt(long number, int device) {
    return stateAt(number, AddressRange.ofDevice(device), RegisterId.REGISTER_MAX + 1).items();
  }

  /**
   * As above, for registers of any devices, some at a time.
   *
   * @param registers which ones; to go on, from the page's next address
   * @param limit how many at most, 1 to {@link #LIMIT_MAX}
   * @throws IllegalArgumentException when an argument is out of its range
   * @throws StoreException when the file cannot be read
   */
  public RegisterPage<RegisterState> stateAt(long number, AddressRange registers, int limit) {
    if (number < 0) {
      throw new IllegalArgumentException("number must be 0 or more, not " + number);
    }
    requireLimit(limit);
    return read(() -> states.page(number, registers, limit));
  }

  /**
   * Returns what became of registers that were written behind one write and up to another, some at
   * a time. Where writes of these were pruned, registers may be missing, and counts too small: from
   * {@code span().firstNumber() - 1} on all is told.
   *
   * @param fromNumber of the first moment, 0 or more
   * @param toNumber of the second moment, larger; {@link Long#MAX_VALUE} for now
   * @param registers which ones; to go on, from the page's next address
   * @param limit how many at most, 1 to {@link #LIMIT_MAX}
   * @throws IllegalArgumentException when an argument is out of its range
   * @throws StoreException when the file cannot be read
   */
  public RegisterPage<RegisterChange> changes(
      long fromNumber, long toNumber, AddressRange registers, int limit) {
    if (fromNumber < 0 || fromNumber >= toNumber) {
      throw new IllegalArgumentException(
          "fromNumber must be 0 or more and less than toNumber, not %d and %d"
              .formatted(fromNumber, toNumber));
    }
    requireLimit(limit);
    return read(() -> states.changes(fromNumber, toNumber, registers, limit));
  }

  private static void requireLimit(int limit) {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException(
          "limit must be 1 to %d, not %d".formatted(LIMIT_MAX, limit));
    }
  }

  private synchronized <T> T read(HistoryView.Work<T> work) {
    try {
      if (view == null) {
        connect();
      }
      return view.atOneMoment(work);
    } catch (SQLException e) {
      close();
      throw SqliteFailure.exception(e, file);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    view = null;
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing was written through it.
    }
  }
}
