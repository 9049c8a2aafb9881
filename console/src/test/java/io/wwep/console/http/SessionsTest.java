package io.wwep.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {

  @TempDir private Path directory;
  private final AtomicLong now = new AtomicLong();
  private final Sessions sessions = new Sessions(now::get);
  private Credentials credentials;

  @BeforeEach
  void read() throws IOException {
    credentials = SecretFiles.credentials(directory);
  }

  @Test
  void shouldGiveEachAnIdOf256Bits() {
    Session one = sessions.begin(Role.EDITOR, credentials);
    Session other = sessions.begin(Role.EDITOR, credentials);

    assertThat(one.id()).hasSize(43).isNotEqualTo(other.id()).isNotEqualTo(one.csrf());
    assertThat(sessions.use(one.id(), credentials)).isSameAs(one);
    assertThat(sessions.use("guess", credentials)).isNull();
  }

  @Test
  void shouldEndWhenItWasNotUsedForLong() {
    Session session = sessions.begin(Role.VIEWER, credentials);
    now.addAndGet(Sessions.IDLE_NANOS_MAX);
    assertThat(sessions.use(session.id(), credentials)).isNotNull();
    now.addAndGet(Sessions.IDLE_NANOS_MAX + 1);

    assertThat(sessions.use(session.id(), credentials)).isNull();
    assertThat(sessions.count()).isZero();
  }

  @Test
  void shouldEndAfterAWeekHoweverMuchItIsUsed() {
    Session session = sessions.begin(Role.VIEWER, credentials);
    long hours = TimeUnit.NANOSECONDS.toHours(Sessions.AGE_NANOS_MAX);
    for (int i = 0; i < hours; i++) {
      now.addAndGet(TimeUnit.HOURS.toNanos(1));
      assertThat(sessions.use(session.id(), credentials)).isNotNull();
    }
    now.addAndGet(1);

    assertThat(sessions.use(session.id(), credentials)).isNull();
  }

  @Test
  void shouldEndWhenOtherPasswordsHold() {
    Session session = sessions.begin(Role.EDITOR, credentials);

    assertThat(sessions.use(session.id(), Credentials.NONE)).isNull();
    assertThat(sessions.use(session.id(), credentials)).isNull();
  }

  @Test
  void shouldForgetTheOneUnusedForLongestBeyondItsBound() {
    Session first = sessions.begin(Role.EDITOR, credentials);
    Session second = sessions.begin(Role.EDITOR, credentials);
    for (int i = 2; i < Sessions.COUNT_MAX; i++) {
      sessions.begin(Role.EDITOR, credentials);
    }
    sessions.use(first.id(), credentials);
    sessions.begin(Role.EDITOR, credentials);

    assertThat(sessions.count()).isEqualTo(Sessions.COUNT_MAX);
    assertThat(sessions.use(first.id(), credentials)).isNotNull();
    assertThat(sessions.use(second.id(), credentials)).isNull();
  }
}
