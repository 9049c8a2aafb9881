package io.wwep.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.wwep.console.feed.FeedEvent.Kind;
import io.wwep.protocol.RejectCode;
import io.wwep.server.ServerEvent;
import io.wwep.server.access.Door;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds filters against a model that looks at an event's JSON, as a reader of it would. */
class FilterTest {

  private static final List<String> DEVICES = List.of("0FAC", "0fad", "FFFF");
  private static final List<String> PEERS =
      List.of("10.0.0.1:80", "10.0.0.1:81", "10.0.0.11:80", "[fe80::1]:80", "[fe80::11]:80");
  private static final List<String> TEXTS =
      List.of("w0", "STOPPED", "0.1:8", "\\x00", "a0Fa", "zz");

  private final Random random;
  private final Happenings happenings = new Happenings();
  private final EventRing ring = new EventRing();

  FilterTest() {
    long seed = Long.getLong("wwep.seed", System.nanoTime());
    System.out.printf("filters: seed %d (again with -Dwwep.seed=%d)%n", seed, seed);
    random = new Random(seed);
  }

  /** The members of a filter as they stand in a URL; null for one that is not given. */
  private record Given(
      String device,
      String peer,
      String door,
      String reply,
      String code,
      String text,
      String kind) {

    Filter filter() {
      return new Filter(
          device == null ? Set.of() : Filter.DEVICE.parser().apply(device),
          peer == null ? null : Filter.PEER_IS.parser().apply(peer),
          door == null ? null : Filter.DOOR.parser().apply(door),
          reply == null ? null : Filter.REPLY.parser().apply(reply),
          code == null ? Set.of() : Filter.CODE.parser().apply(code),
          text == null ? null : Filter.TEXT.parser().apply(text),
          kind == null ? Set.of(Kind.values()) : Filter.KIND.parser().apply(kind));
    }

    boolean admits(JsonObject event) {
      return isOneOf(device, event.getString("device", "").toUpperCase(Locale.ROOT))
          && isPeer(event.getString("peer", ""))
          && (door == null || door.equals(event.getString("door")))
          && (reply == null || event.getString("reply", "").startsWith(reply))
          && isOneOf(code, event.getString("code", "").toUpperCase(Locale.ROOT))
          && isOneOf(kind, event.getString("kind").toUpperCase(Locale.ROOT))
          && isText(event);
    }

    private static boolean isOneOf(String choices, String value) {
      return choices == null
          || List.of(choices.toUpperCase(Locale.ROOT).split(",")).contains(value);
    }

    private boolean isPeer(String whole) {
      return peer == null
          || whole.equals(peer)
          || whole.startsWith(peer + ":")
          || whole.startsWith("[" + peer + "]:");
    }

    private boolean isText(JsonObject event) {
      return text == null
          || Stream.of("request", "reply", "peer", "sentence")
              .map(member -> event.getString(member, "").toLowerCase(Locale.ROOT))
              .anyMatch(member -> member.contains(text.toLowerCase(Locale.ROOT)));
    }
  }

  @Test
  void shouldAdmitWhatAModelAdmits() {
    int admitted = 0;
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      Given given = given();
      FeedEvent event = ring.add(event());
      boolean expected = given.admits(event.toJson());
      assertThat(given.filter().admits(event))
          .as("%s of %s", given, event.toJson())
          .isEqualTo(expected);
      admitted += expected ? 1 : 0;
      refused += expected ? 0 : 1;
    }
    assertThat(admitted).isGreaterThan(1_000);
    assertThat(refused).isGreaterThan(1_000);
  }

  @Test
  void shouldBeEqualWhenItWantsTheSame() {
    Set<Filter> filters = new HashSet<>();
    filters.add(new Given("0FAC,0FAD", null, null, null, "too-long", null, null).filter());
    filters.add(new Given("0fad,0fac,0fac", null, null, null, "too-long", null, null).filter());
    assertThat(filters).hasSize(1);
  }

  private Given given() {
    return new Given(
        some(several(DEVICES)),
        some(Stream.concat(PEERS.stream(), Stream.of("10.0.0.1", "fe80::1", "1.1")).toList()),
        some(List.of("plain", "tls", "console")),
        some(List.of("A", "X")),
        some(several(List.of("too-long", "incomplete", "tls-failed"))),
        some(TEXTS),
        some(several(List.of("transaction", "notice", "server", "end"))));
  }

  private List<String> several(List<String> choices) {
    return List.of(any(choices), any(choices) + "," + any(choices));
  }

  private String some(List<String> choices) {
    return random.nextInt(4) == 0 ? any(choices) : null;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private ServerEvent event() {
    String peer = any(PEERS);
    Door door = any(List.of(Door.values()));
    return switch (random.nextInt(6)) {
      case 0 -> happenings.notice(peer, "the stream has Stopped");
      case 1 -> new ServerEvent.OwnNotice(happenings.now(), "the disk has stopped");
      case 2 -> happenings.ended(peer, ServerEvent.End.TAKEN);
      case 3 -> happenings.rejected(door, peer, "W0FAC0B1234\\x00", RejectCode.TOO_LONG, "NUL");
      case 4 -> happenings.rejected(door, peer, "W0f", RejectCode.INCOMPLETE, "it stopped early");
      default -> happenings.accepted(door, peer, "W" + any(DEVICES) + "0B1234");
    };
  }
}
