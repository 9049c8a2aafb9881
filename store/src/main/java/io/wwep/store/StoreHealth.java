package io.wwep.store;

import java.time.Duration;
import java.time.Instant;

/**
 * How a store fares at the moment. Immutable.
 *
 * @param lastWrite number of the last durable write; 0 where writes have no numbers, or there is
 *     none
 * @param lastCommit when this process committed last; null before the first commit
 * @param failingSince when writes began to fail; null while they do not
 * @param failure why they fail, as a sentence with its cure; null while they do not
 * @param intact false when what was acknowledged may be lost, as where the file was removed
 * @param busy for how long the thread that commits has been at one thing; zero while it rests
 */
public record StoreHealth(
    long lastWrite,
    Instant lastCommit,
    Instant failingSince,
    String failure,
    boolean intact,
    Duration busy) {

  /** Of a store that cannot fail. */
  public static final StoreHealth GOOD = new StoreHealth(0, null, null, null, true, Duration.ZERO);

  /** Whether writes are not known to fail. */
  public boolean isDurable() {
    return failure == null;
  }
}
