package io.wwep.certs;

import java.nio.file.Path;
import java.time.Clock;

/** A process that loads the identities of a directory and prints their fingerprints. */
final class FingerprintMain {

  private FingerprintMain() {}

  public static void main(String[] args) {
    ServerIdentity identity = Identities.loadOrCreate(Path.of(args[0]), Clock.systemUTC());
    System.out.println(identity.ec().fingerprint() + " " + identity.rsa().fingerprint());
  }
}
