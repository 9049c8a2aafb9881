package io.wwep.console.feed;

import io.wwep.console.feed.FeedEvent.Kind;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.Schema;
import io.wwep.protocol.RejectCode;
import io.wwep.server.access.Door;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which events a reader wants: those that fit all of its members. Two filters are equal when they
 * want the same, so that their readers can share what is made for them. Immutable.
 *
 * @param devices one of these; any and none where it is empty
 * @param peer {@code address} or {@code address:port} as events have it; null for any
 * @param door null for any and none
 * @param reply {@code A} or {@code X}, which the reply begins with; null for any
 * @param codes one of these; any and none where it is empty
 * @param text what request, reply, sentence or peer contains, in any case; null for anything
 * @param kinds one of these
 */
record Filter(
    Set<Integer> devices,
    String peer,
    Door door,
    String reply,
    Set<RejectCode> codes,
    String text,
    Set<Kind> kinds) {

  /** Longest text and peer, in characters. */
  static final int TEXT_MAX = 64;

  /** Most choices of one member. */
  static final int CHOICES_MAX = 64;

  private static final String PEER = "[0-9A-Za-z.:%_\\[\\]-]{1,64}";
  private static final String DEVICES = "device IDs of 4 hex digits, several with commas";
  private static final Set<Kind> ALL_BUT_ENDS =
      Set.of(Kind.TRANSACTION, Kind.NOTICE, Kind.PROBE, Kind.SERVER);

  static final Parameter<Set<Integer>> DEVICE =
      Parameter.query(
          "device",
          DEVICES + ", as in 0FAC,0FAD",
          Schema.text(null, "[0-9A-Fa-f]{4}(,[0-9A-Fa-f]{4})*"),
          text -> choices(text, DEVICES, Filter::device),
          Set.of());

  static final Parameter<String> PEER_IS =
      Parameter.query(
          "peer",
          "an address, or an address and its port, as in 192.168.1.7:51234",
          Schema.text(null, PEER),
          Filter::peer,
          null);

  static final Parameter<Door> DOOR =
      Parameter.query(
          "door",
          "where it came in",
          Schema.words("plain", "tls", "console"),
          text -> choice(text, Door.values(), FeedEvent::word),
          null);

  static final Parameter<String> REPLY =
      Parameter.query(
          "reply", "what the reply begins with", Schema.words("A", "X"), Filter::reply, null);

  static final Parameter<Set<RejectCode>> CODE =
      Parameter.query(
          "code",
          "why requests were rejected, several with commas",
          Schema.text(null, "[a-z-]+(,[a-z-]+)*"),
          text -> choices(text, words(RejectCode.values(), RejectCode::word), Filter::code),
          Set.of());

  static final Parameter<String> TEXT =
      Parameter.query(
          "text",
          "what request, reply, sentence or peer contains, in any case",
          Schema.text(null, ".{1,64}"),
          Filter::text,
          null);

  static final Parameter<Set<Kind>> KIND =
      Parameter.query(
          "kind",
          "what events are about, several with commas; all but end unless given",
          Schema.text(null, "[a-z]+(,[a-z]+)*"),
          text -> choices(text, words(Kind.values(), Kind::word), Filter::kind),
          Set.of());

  static final Parameter<Boolean> ENDS =
      Parameter.query(
          "ends",
          "whether ends of connections are told too",
          Schema.flag(null),
          Filter::flag,
          false);

  /** All members as they stand in a URL. */
  static final List<Parameter<?>> MEMBERS =
      List.of(DEVICE, PEER_IS, DOOR, REPLY, CODE, TEXT, KIND, ENDS);

  /** Reads the members of a call. */
  static Filter of(Call call) {
    Set<Kind> kinds = call.get(KIND);
    if (kinds.isEmpty()) {
      kinds = call.get(ENDS) ? Set.of(Kind.values()) : ALL_BUT_ENDS;
    }
    return new Filter(
        call.get(DEVICE),
        call.get(PEER_IS),
        call.get(DOOR),
        call.get(REPLY),
        call.get(CODE),
        call.get(TEXT),
        kinds);
  }

  private static Integer device(String text) {
    int device = Ids.parseDevice(text);
    return device < 0 ? null : device;
  }

  private static RejectCode code(String text) {
    return find(text, RejectCode.values(), RejectCode::word);
  }

  private static Kind kind(String text) {
    return find(text, Kind.values(), Kind::word);
  }

  private static String peer(String text) {
    return require(
        text,
        text.matches(PEER),
        "an address, or an address and its port, as in 192.168.1.7:51234");
  }

  private static String reply(String text) {
    return require(text, text.equals("A") || text.equals("X"), "A or X");
  }

  private static String text(String text) {
    return require(
        text,
        !text.isEmpty() && text.length() <= TEXT_MAX,
        "1 to %d characters long".formatted(TEXT_MAX));
  }

  private static boolean flag(String text) {
    return require(text, text.equals("true") || text.equals("false"), "true or false")
        .equals("true");
  }

  private static String require(String text, boolean legal, String what) {
    if (!legal) {
      throw new IllegalArgumentException("must be %s, not '%s'".formatted(what, shown(text)));
    }
    return text;
  }

  private static <T> T choice(String text, T[] values, Function<T, String> word) {
    T value = find(text, values, word);
    require(text, value != null, words(values, word));
    return value;
  }

  private static <T> Set<T> choices(String text, String what, Function<String, T> parse) {
    Set<T> values = new HashSet<>();
    for (String each : text.split(",", -1)) {
      T value = parse.apply(each);
      require(each, value != null, what);
      values.add(value);
      require(text, values.size() <= CHOICES_MAX, "%d choices at most".formatted(CHOICES_MAX));
    }
    return Set.copyOf(values);
  }

  private static <T> T find(String text, T[] values, Function<T, String> word) {
    return Arrays.stream(values)
        .filter(value -> word.apply(value).equals(text))
        .findFirst()
        .orElse(null);
  }

  private static <T> String words(T[] values, Function<T, String> word) {
    return Arrays.stream(values).map(word).collect(Collectors.joining(", ", "one of ", ""));
  }

  private static String shown(String text) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() > TEXT_MAX ? printable.substring(0, TEXT_MAX) + "…" : printable;
  }

  /** Whether an event fits. */
  boolean admits(FeedEvent event) {
    return kinds.contains(event.kind())
        && (devices.isEmpty() || devices.contains(event.device()))
        && (door == null || door == event.door())
        && (reply == null || event.reply().startsWith(reply))
        && (codes.isEmpty() || (event.code() != null && codes.contains(event.code())))
        && (peer == null || isPeer(event))
        && (text == null || isInText(event));
  }

  private boolean isPeer(FeedEvent event) {
    return peer.equalsIgnoreCase(event.address()) || peer.equalsIgnoreCase(event.peer());
  }

  private boolean isInText(FeedEvent event) {
    String sentence = event.sentence();
    return isIn(event.request())
        || isIn(event.reply())
        || isIn(event.peer())
        || (sentence != null && isIn(sentence));
  }

  private boolean isIn(String whole) {
    for (int i = 0; i <= whole.length() - text.length(); i++) {
      if (whole.regionMatches(true, i, text, 0, text.length())) {
        return true;
      }
    }
    return false;
  }
}
