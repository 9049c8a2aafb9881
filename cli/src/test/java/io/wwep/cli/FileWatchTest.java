package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.certs.Identities;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.ServerIdentity;
import io.wwep.certs.Validity;
import io.wwep.server.EventFeed;
import io.wwep.server.ServerConfig;
import io.wwep.server.ServerEvent;
import io.wwep.server.WwepServer;
import io.wwep.store.MemoryStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that runs for months, while its certificate comes to its end. */
@Timeout(60)
class FileWatchTest {

  @TempDir private Path directory;

  /** A clock that a test sets. */
  private static final class SetClock extends Clock {

    private volatile Instant now = Instant.parse("2026-06-20T23:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Keeps what the server tells of itself. */
  private static final class Notices implements EventFeed.Listener {

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void event(ServerEvent event) {
      if (event instanceof ServerEvent.OwnNotice notice) {
        told.add(notice.sentence());
      }
    }

    @Override
    public void dropped(long count) {
      throw new AssertionError("nothing else is told");
    }
  }

  @Test
  void shouldWarnOnceADayOfWhatIsAboutToEnd() {
    SetClock clock = new SetClock();
    PairFiles files = PairFiles.in(directory, "server");
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    Validity untilJuly = new Validity(from, Instant.parse("2026-07-01T00:00:00Z"));
    files.write(Identities.selfSigned(KeyAlgorithm.EC_P256, "a", List.of("a"), untilJuly));
    ServerIdentity identity =
        Identities.readServerIdentity(files.certificate(), files.key(), clock);
    Notices notices = new Notices();
    try (MemoryStore store = new MemoryStore();
        WwepServer server = WwepServer.start(ServerConfig.onFreePorts(), store, identity)) {
      server.feed().subscribe(notices);
      LiveSetting live = new LiveIdentity(server, identity, () -> identity);
      try (FileWatch watch = FileWatch.start(server, List.of(live), clock)) {
        clock.now = clock.now.plus(Duration.ofHours(2));
        await().until(() -> notices.told.size() == 1);
        assertThat(notices.told.get(0)).contains("expires on 2026-07-01, in 9 days");
        clock.now = clock.now.plus(Duration.ofDays(1));
        await().until(() -> notices.told.size() == 2);
        assertThat(notices.told.get(1)).contains("in 8 days");
        watch.readNow();
        await().until(() -> notices.told.size() == 3);
        assertThat(notices.told.get(2)).isEqualTo("the certificate files are those that TLS shows");
      }
    }
  }
}
