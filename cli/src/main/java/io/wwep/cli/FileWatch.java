package io.wwep.cli;

import io.wwep.server.WwepServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has a running server take over what has changed in its files, so that a renewal needs no restart.
 *
 * <p>The thread {@code wwep-files} looks at the files once a second, which every system can; it
 * reads them when they were the same twice, since a certificate and its key are two files. A pipe,
 * which can be read once, is not looked at. Once a day it says what is wrong with dates.
 *
 * <p>{@link #readNow} and {@link #close} may be called by any thread.
 */
final class FileWatch implements AutoCloseable {

  private static final long LOOK_MILLIS = 1_000;

  private final WwepServer server;
  private final Clock clock;
  private final List<Watched> all;
  private final CountDownLatch closed = new CountDownLatch(1);
  private LocalDate warnedOn;

  /** What tells that a file has changed, also where another took its name. */
  private record Stamp(FileTime modified, long size, Object file) {

    static final Stamp NONE = new Stamp(FileTime.fromMillis(0), 0, null);

    static Stamp of(Path path) {
      try {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      } catch (IOException gone) {
        return NONE;
      }
    }
  }

  /** One setting with the state of its files. */
  private static final class Watched {

    private final LiveSetting setting;

    /** Whether the files could be read only once, at the start. */
    private final boolean once;

    /**
     * The files as they were when they were read last. Unknown at first, so that they are read once
     * more: what a server does it has read before it began to listen.
     */
    private Map<Path, Stamp> read = Map.of();

    /** The files as they were at the last look. */
    private Map<Path, Stamp> seen;

    Watched(LiveSetting setting) {
      this.setting = setting;
      once = pipe().isPresent();
      seen = stamps();
    }

    /** Returns one of the files that is none, and may keep a reader waiting for ever. */
    private Optional<Path> pipe() {
      return setting.files().stream()
          .filter(each -> Files.exists(each) && !Files.isRegularFile(each))
          .filter(each -> !Files.isDirectory(each))
          .findFirst();
    }

    private Map<Path, Stamp> stamps() {
      Map<Path, Stamp> stamps = new HashMap<>();
      setting.files().forEach(file -> stamps.put(file, Stamp.of(file)));
      return stamps;
    }

    /** Returns what is to be said, or null. */
    String look() {
      if (once) {
        return null;
      }
      Map<Path, Stamp> now = stamps();
      boolean settled = now.equals(seen);
      seen = now;
      if (!settled || now.equals(read)) {
        return null;
      }
      read = now;
      Optional<Path> pipe = pipe();
      if (pipe.isPresent()) {
        return unreadable(pipe.get());
      }
      setting.reload();
      return null;
    }

    private static String unreadable(Path pipe) {
      return "%s is no file any more, and is not read, what it said before holds: put a file in its place"
          .formatted(pipe);
    }

    /** Returns what is to be said, or null. */
    String readNow() {
      if (once) {
        return setting.onceOnlyWords();
      }
      seen = stamps();
      read = seen;
      Optional<Path> pipe = pipe();
      if (pipe.isPresent()) {
        return unreadable(pipe.get());
      }
      return setting.reload() ? null : setting.unchangedWords();
    }
  }

  private FileWatch(WwepServer server, List<LiveSetting> settings, Clock clock) {
    this.server = server;
    this.clock = clock;
    all = settings.stream().map(Watched::new).toList();
    warnedOn = today();
  }

  /**
   * Begins to look.
   *
   * @param clock tells when a day is over
   */
  static FileWatch start(WwepServer server, List<LiveSetting> settings, Clock clock) {
    FileWatch watch = new FileWatch(server, settings, clock);
    Thread thread = new Thread(watch::run, "wwep-files");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look() {
    all.forEach(each -> tell(each::look));
    warnOnceADay();
  }

  /** A mistake in one setting must not keep the others from being looked at. */
  private void tell(Supplier<String> step) {
    String said;
    try {
      said = step.get();
    } catch (RuntimeException fault) {
      said =
          "files that changed could not be read: this is a fault in wwep, please report it (%s)"
              .formatted(fault);
    }
    if (said != null) {
      server.feed().tell(said);
    }
  }

  private void warnOnceADay() {
    LocalDate today = today();
    if (!today.equals(warnedOn)) {
      warnedOn = today;
      all.forEach(each -> each.setting.dateProblems().forEach(server.feed()::tell));
    }
  }

  private LocalDate today() {
    return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
  }

  /** Reads all files now, changed or not, and says what came of it. */
  synchronized void readNow() {
    all.forEach(each -> tell(each::readNow));
  }

  /** Looks no more; a server that was to take something over may still do so. */
  @Override
  public void close() {
    closed.countDown();
  }
}
