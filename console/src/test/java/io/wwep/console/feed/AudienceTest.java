package io.wwep.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.wwep.console.http.Allowance;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Readers that are behind while more events come than they may be sent. */
class AudienceTest {

  private static final Filter ALL =
      new Filter(Set.of(), null, null, null, Set.of(), null, Set.of(FeedEvent.Kind.values()));

  private static final int EVENTS_OF_TICK = 300;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Pattern DROPPED = Pattern.compile("\\{\"count\":(\\d+)}");

  private final Happenings happenings = new Happenings();
  private final EventRing ring = new EventRing();
  private final StringBuilder written = new StringBuilder();
  private long nanos;

  private void happen(int events) {
    for (int i = 0; i < events; i++) {
      ring.add(happenings.accepted("192.168.1.7:50001", "W0FAC0B1234"));
    }
  }

  private Horizon horizon() {
    return new Horizon(ring.last(), 0, nanos);
  }

  private void tick(Audience audience) {
    nanos += TICK_NANOS;
    happen(EVENTS_OF_TICK);
    audience.serve(horizon());
  }

  private Reader reader(long position) {
    return new Reader(response(), ALL, () -> true, position, horizon());
  }

  /** Its peer takes at once whatever is written. */
  private HttpServerResponse response() {
    return (HttpServerResponse)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServerResponse.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("write");
              written.append((Buffer) arguments[0]);
              return Future.succeededFuture();
            });
  }

  private long sent() {
    return Pattern.compile("\"kind\"").matcher(written).results().count();
  }

  private long dropped() {
    Matcher counts = DROPPED.matcher(written);
    return counts.results().mapToLong(each -> Long.parseLong(each.group(1))).sum();
  }

  @Test
  void shouldCatchUpAtOnceWhileEventsComeFasterThanItMayBeSentThem() {
    happen(5_000);
    Audience audience = new Audience(ALL, ring, horizon());
    Reader late = reader(1);
    audience.add(late);
    tick(audience);

    assertThat(late.isLive()).isTrue();
    assertThat(sent()).isEqualTo(Reader.EVENTS_PER_SECOND_MAX);
    for (int i = 0; i < 20; i++) {
      tick(audience);
    }
    assertThat(sent() + dropped()).isEqualTo(ring.last() - 1);
    assertThat(sent()).isLessThanOrEqualTo(4L * Reader.EVENTS_PER_SECOND_MAX);
  }

  @Test
  void shouldNotGiveAReaderMoreThanItsShareBecauseItFallsBehind() {
    Allowance allowance = new Allowance(Reader.EVENTS_PER_SECOND_MAX, nanos);
    allowance.take(Reader.EVENTS_PER_SECOND_MAX + 100);

    assertThat(allowance.left(nanos)).isZero();
    assertThat(allowance.left(nanos + TimeUnit.SECONDS.toNanos(1))).isEqualTo(400);
  }
}
