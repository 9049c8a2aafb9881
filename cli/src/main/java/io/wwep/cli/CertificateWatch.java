package io.wwep.cli;

import io.wwep.certs.Identity;
import io.wwep.certs.IdentityException;
import io.wwep.certs.ServerIdentity;
import io.wwep.server.ServerException;
import io.wwep.server.WwepServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Has a running server show another certificate when its files have changed, so that a renewal
 * needs no restart. Files that do not make an identity change nothing, and it is said what is wrong
 * with them.
 *
 * <p>The thread {@code wwep-certificates} looks at the files once a second, which every system can;
 * it reads them when they were the same twice, since a certificate and its key are two files. A
 * pipe, which can be read once, is not looked at. Once a day it says what is wrong with the dates.
 *
 * <p>{@link #readNow} and {@link #close} may be called by any thread.
 */
final class CertificateWatch implements AutoCloseable {

  private static final long LOOK_MILLIS = 1_000;

  private final WwepServer server;
  private final Supplier<ServerIdentity> reader;
  private final Clock clock;
  private final List<Path> files;

  /** Whether the files can be read more than once; those that are gone for now come back. */
  private final boolean readable;

  private final CountDownLatch closed = new CountDownLatch(1);

  private ServerIdentity shown;

  /**
   * The files as they were when they were read last. Unknown at first, so that they are read once
   * more: what a server shows it has read before it began to listen.
   */
  private Map<Path, Stamp> read = Map.of();

  /** The files as they were at the last look. */
  private Map<Path, Stamp> seen;

  private boolean refused;
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

  private CertificateWatch(
      WwepServer server, ServerIdentity shown, Supplier<ServerIdentity> reader, Clock clock) {
    this.server = server;
    this.shown = shown;
    this.reader = reader;
    this.clock = clock;
    warnedOn = today();
    files = shown.files();
    readable = files.stream().noneMatch(CertificateWatch::isPipe);
    seen = stamps();
  }

  /**
   * Begins to look.
   *
   * @param shown what the server shows now; its files are looked at
   * @param reader reads them anew, or throws an {@link IdentityException}
   * @param clock tells when a day is over
   */
  static CertificateWatch start(
      WwepServer server, ServerIdentity shown, Supplier<ServerIdentity> reader, Clock clock) {
    CertificateWatch watch = new CertificateWatch(server, shown, reader, clock);
    Thread thread = new Thread(watch::run, "wwep-certificates");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private static boolean isPipe(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file);
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
    if (readable) {
      lookAtFiles();
    }
    warnOnceADay();
  }

  private void lookAtFiles() {
    Map<Path, Stamp> now = stamps();
    boolean settled = now.equals(seen);
    seen = now;
    if (settled && !now.equals(read)) {
      read = now;
      reload();
    }
  }

  /** Those who look at the log now and then should not miss that a certificate is about to end. */
  private void warnOnceADay() {
    LocalDate today = today();
    if (!today.equals(warnedOn)) {
      warnedOn = today;
      shown.dateProblems().forEach(server.feed()::tell);
    }
  }

  private LocalDate today() {
    return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
  }

  /** Reads the files now, changed or not, and says what came of it. */
  synchronized void readNow() {
    if (!readable) {
      server.feed().tell("the certificate came from a pipe, which cannot be read again: restart");
      return;
    }
    seen = stamps();
    read = seen;
    if (!reload()) {
      server.feed().tell("the certificate files are those that TLS shows");
    }
  }

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new HashMap<>();
    files.forEach(file -> stamps.put(file, Stamp.of(file)));
    return stamps;
  }

  /** Returns whether anything was said. */
  private boolean reload() {
    try {
      ServerIdentity next = reader.get();
      boolean changed = !chains(next).equals(chains(shown));
      boolean again = !changed && refused;
      refused = false;
      if (changed) {
        server.show(next);
        shown = next;
        server.feed().tell("TLS shows another certificate from now on: " + fingerprints(next));
        next.problems().forEach(server.feed()::tell);
      } else if (again) {
        server.feed().tell("the certificate files are again those that TLS shows");
      }
      return changed || again;
    } catch (IdentityException | ServerException e) {
      refused = true;
      server.feed().tell("the certificate was not replaced, TLS shows the old: " + e.getMessage());
      return true;
    }
  }

  private static List<List<X509Certificate>> chains(ServerIdentity identity) {
    return identity.all().stream().map(Identity::chain).toList();
  }

  private static String fingerprints(ServerIdentity identity) {
    return identity.all().stream()
        .map(each -> "%s SHA-256 %s".formatted(each.isEc() ? "EC" : "RSA", each.fingerprint()))
        .collect(Collectors.joining(", "));
  }

  /** Looks no more; a server that was to show another certificate may still do so. */
  @Override
  public void close() {
    closed.countDown();
  }
}
