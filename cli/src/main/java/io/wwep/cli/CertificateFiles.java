package io.wwep.cli;

import io.wwep.certs.Identities;
import io.wwep.certs.ServerIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Where the identity of a server comes from: the files that were given, or the directory of those
 * that it makes itself. Used by one thread at a time.
 */
final class CertificateFiles {

  private final Clock clock = Clock.systemUTC();
  private final Path certificate;
  private final Path key;
  private final Path directory;
  private CompletableFuture<Optional<ServerIdentity>> found;

  CertificateFiles(ServeOptions options) {
    certificate = options.cert;
    key = options.key;
    directory = options.data.resolve("tls");
  }

  /**
   * Reads what was given, or begins to read what there is of those of its own: checking that a key
   * fits its certificate takes as long as opening a store.
   *
   * @throws io.wwep.certs.IdentityException when the files that were given are no identity
   */
  void prepare() {
    found =
        certificate == null
            ? CompletableFuture.supplyAsync(() -> Identities.loadIfComplete(directory, clock))
            : CompletableFuture.completedFuture(Optional.of(given()));
  }

  /**
   * Returns what {@link #prepare} found; makes what was not there.
   *
   * @throws io.wwep.certs.IdentityException when a file is damaged, or none can be made
   */
  ServerIdentity identity() {
    try {
      return found.join().orElseGet(() -> Identities.loadOrCreate(directory, clock));
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException refused ? refused : e;
    }
  }

  /**
   * Reads the files as they are now, and makes none.
   *
   * @throws io.wwep.certs.IdentityException when they are no identity
   */
  ServerIdentity readAgain() {
    return certificate == null ? Identities.load(directory, clock) : given();
  }

  private ServerIdentity given() {
    return Identities.readServerIdentity(certificate, key, clock);
  }
}
