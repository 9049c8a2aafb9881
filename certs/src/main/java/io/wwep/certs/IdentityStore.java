package io.wwep.certs;

import io.wwep.certs.ServerIdentity.Sourced;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The directory in which a server keeps the identities that it made for itself: {@code ec.pem} with
 * {@code ec.key.pem}, and {@code rsa.pem} with {@code rsa.key.pem}.
 *
 * <p>Of each pair the key is written first, so that whoever sees a certificate finds its key. Two
 * servers that start at once are kept apart by a lock on {@code .lock}; one that finds both pairs
 * takes no lock and writes nothing, so a directory that cannot be written to will do.
 */
final class IdentityStore {

  private static final Period VALID = Period.ofYears(10);

  /** Many times what making both pairs takes on a slow computer. */
  private static final long LOCK_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long LOCK_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Locks of a file hold between processes; within one, this one does. */
  private static final Object PROCESS_LOCK = new Object();

  private final Path directory;
  private final Clock clock;

  IdentityStore(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  ServerIdentity loadOrCreate() {
    if (!isComplete()) {
      PrivateDirectory.create(directory);
      completeLocked();
    }
    return load();
  }

  Optional<ServerIdentity> loadIfComplete() {
    return isComplete() ? Optional.of(load()) : Optional.empty();
  }

  ServerIdentity load() {
    return ServerIdentity.of(load(KeyAlgorithm.EC_P256), load(KeyAlgorithm.RSA_2048), clock);
  }

  private boolean isComplete() {
    return List.of(KeyAlgorithm.values()).stream()
        .allMatch(each -> Files.exists(certificateFile(each)) && Files.exists(keyFile(each)));
  }

  private Sourced load(KeyAlgorithm algorithm) {
    Path certificate = certificateFile(algorithm);
    Path key = keyFile(algorithm);
    Identity identity = files(algorithm).read();
    if (identity.isEc() != (algorithm == KeyAlgorithm.EC_P256)) {
      throw new IdentityException(
          "%s has the wrong kind of key: ec.pem is for EC, rsa.pem for RSA; or give your own pair with --cert and --key"
              .formatted(certificate));
    }
    return new Sourced(identity, certificate, key, true);
  }

  private void completeLocked() {
    Path file = directory.resolve(".lock");
    synchronized (PROCESS_LOCK) {
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = lock(channel, file)) {
        assert lock.isValid();
        complete();
      } catch (IOException e) {
        throw PrivateDirectory.unwritable(directory, e);
      }
    }
  }

  private static FileLock lock(FileChannel channel, Path file) throws IOException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < LOCK_WAIT_NANOS) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
      LockSupport.parkNanos(LOCK_POLL_NANOS);
    }
    throw new IdentityException(
        "another process has held %s for %d seconds: stop that process, then start again"
            .formatted(file, TimeUnit.NANOSECONDS.toSeconds(LOCK_WAIT_NANOS)));
  }

  /** Makes the pairs that are missing, RSA on another thread since it takes long. */
  private void complete() {
    boolean ec = isMissing(KeyAlgorithm.EC_P256);
    boolean rsa = isMissing(KeyAlgorithm.RSA_2048);
    List<ServerName> names = ServerName.ofThisComputer();
    CompletableFuture<Void> rsaDone =
        rsa
            ? CompletableFuture.runAsync(() -> create(KeyAlgorithm.RSA_2048, names))
            : CompletableFuture.completedFuture(null);
    if (ec) {
      create(KeyAlgorithm.EC_P256, names);
    }
    try {
      rsaDone.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IdentityException cause ? cause : e;
    }
  }

  /** Whether neither file of a pair is there; one alone is a person's to decide on. */
  private boolean isMissing(KeyAlgorithm algorithm) {
    Path certificate = certificateFile(algorithm);
    Path key = keyFile(algorithm);
    if (Files.exists(certificate) && !Files.exists(key)) {
      throw half(certificate, key, "boards that trust it must then load the new one");
    }
    if (Files.exists(key) && !Files.exists(certificate)) {
      throw half(key, certificate, "boards must then load the new certificate");
    }
    return !Files.exists(certificate);
  }

  private IdentityException half(Path there, Path gone, String consequence) {
    return new IdentityException(
        "%s is there without its %s: put that file back, or delete %s to get a new pair (%s)"
            .formatted(there, gone.getFileName(), there.getFileName(), consequence));
  }

  private void create(KeyAlgorithm algorithm, List<ServerName> names) {
    Identity identity = Identities.selfSigned(algorithm, names, Validity.starting(clock, VALID));
    // The lock keeps others away, and a rename is safe on every file system.
    files(algorithm).put(identity);
  }

  private Path certificateFile(KeyAlgorithm algorithm) {
    return files(algorithm).certificate();
  }

  private Path keyFile(KeyAlgorithm algorithm) {
    return files(algorithm).key();
  }

  private PairFiles files(KeyAlgorithm algorithm) {
    return PairFiles.in(directory, algorithm == KeyAlgorithm.EC_P256 ? "ec" : "rsa");
  }
}
