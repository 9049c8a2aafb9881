package io.wwep.console.http;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The browsers that have logged in. Used by the HTTP event loop alone. */
final class Sessions {

  /** Beyond it the one that was not used for longest is over. */
  static final int COUNT_MAX = 1_024;

  static final long IDLE_NANOS_MAX = TimeUnit.HOURS.toNanos(8);
  static final long AGE_NANOS_MAX = TimeUnit.DAYS.toNanos(7);

  private static final int ID_BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
  private final LongSupplier nanoTime;

  private final Map<String, Session> byId =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > COUNT_MAX;
        }
      };

  Sessions(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Begins one, with an ID that nobody has had. */
  Session begin(Role role, Credentials credentials) {
    Session session = new Session(secret(), secret(), role, credentials, nanoTime.getAsLong());
    byId.put(session.id(), session);
    return session;
  }

  private String secret() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return encoder.encodeToString(bytes);
  }

  /**
   * Returns the one with this ID, and notes that it was used; null when there is none, or it is
   * over.
   *
   * @param credentials those that hold now
   */
  Session use(String id, Credentials credentials) {
    Session session = byId.get(id);
    if (session == null) {
      return null;
    }
    long now = nanoTime.getAsLong();
    if (!session.credentials().equals(credentials)
        || session.idleNanos(now) > IDLE_NANOS_MAX
        || session.ageNanos(now) > AGE_NANOS_MAX) {
      byId.remove(id);
      return null;
    }
    session.use(now);
    return session;
  }

  /** Ends one; null is none. */
  void end(Session session) {
    if (session != null) {
      byId.remove(session.id());
    }
  }

  int count() {
    return byId.size();
  }
}
