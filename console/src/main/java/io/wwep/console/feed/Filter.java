package io.wwep.console.feed;

import io.wwep.console.feed.FeedEvent.Kind;
import io.wwep.protocol.RejectCode;
import io.wwep.server.access.Door;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which events a reader wants: those that fit all of its members. Two filters are equal when they
 * want the same, so that their readers can share what is made for them.
 *
 * @param devices one of these; any and none where it is empty
 * @param peer {@code address} or {@code address:port} as events have it; null for any
 * @param door null for any and none
 * @param reply the first letter of the reply; 0 for any
 * @param codes one of these; any and none where it is empty
 * @param text what request, reply, sentence or peer contains, in any case; null for anything
 * @param kinds one of these
 */
record Filter(
    Set<Integer> devices,
    String peer,
    Door door,
    char reply,
    Set<RejectCode> codes,
    String text,
    Set<Kind> kinds) {

  /** Longest text and peer, in characters. */
  static final int TEXT_MAX = 64;

  /** Most choices of one member. */
  static final int CHOICES_MAX = 64;

  private static final String PEER = "[0-9A-Za-z.:%_\\[\\]-]+";

  /** All but the ends of connections. */
  static final Filter ALL =
      new Filter(
          Set.of(),
          null,
          null,
          (char) 0,
          Set.of(),
          null,
          Set.of(Kind.TRANSACTION, Kind.NOTICE, Kind.SERVER));

  /**
   * Reads a filter from a URL.
   *
   * @throws BadQuery when a member cannot be what it is; the message names it
   */
  static Filter of(Query query) throws BadQuery {
    return new Filter(
        choices(query, "device", "four hex digits, as in 0FAC", Filter::device),
        peer(query),
        choice(query, "door", Door.values(), FeedEvent::word),
        reply(query),
        choices(
            query, "code", words(RejectCode.values(), RejectCode::word), Filter::code),
        limited(query, "text"),
        kinds(query));
  }

  private static Integer device(String text) {
    int device = Ids.parseDevice(text);
    return device < 0 ? null : device;
  }

  private static RejectCode code(String text) {
    return find(RejectCode.values(), RejectCode::word, text);
  }

  private static Kind kind(String text) {
    return find(Kind.values(), Kind::word, text);
  }

  private static String peer(Query query) throws BadQuery {
    String peer = limited(query, "peer");
    if (peer != null && !peer.matches(PEER)) {
      throw new BadQuery(
          "peer must be an address, or an address and its port, as in 192.168.1.7:51234, not '%s'"
              .formatted(Query.shown(peer)));
    }
    return peer == null ? null : peer.toLowerCase(Locale.ROOT);
  }

  private static char reply(Query query) throws BadQuery {
    String reply = query.text("reply");
    if (reply != null && !reply.equals("A") && !reply.equals("X")) {
      throw new BadQuery("reply must be A or X, not '%s'".formatted(Query.shown(reply)));
    }
    return reply == null ? 0 : reply.charAt(0);
  }

  private static Set<Kind> kinds(Query query) throws BadQuery {
    Set<Kind> kinds =
        choices(query, "kind", words(Kind.values(), Kind::word), Filter::kind);
    boolean ends = query.flag("ends");
    if (!kinds.isEmpty()) {
      return kinds;
    }
    return ends ? Set.of(Kind.values()) : ALL.kinds;
  }

  private static String limited(Query query, String name) throws BadQuery {
    String text = query.text(name);
    if (text != null && text.length() > TEXT_MAX) {
      throw new BadQuery(
          "%s must have %d characters at most, not %d".formatted(name, TEXT_MAX, text.length()));
    }
    return text;
  }

  private static <T> T choice(Query query, String name, T[] values, Function<T, String> word)
      throws BadQuery {
    String text = query.text(name);
    T value = text == null ? null : find(values, word, text);
    if (text != null && value == null) {
      throw new BadQuery(
          "%s must be %s, not '%s'".formatted(name, words(values, word), Query.shown(text)));
    }
    return value;
  }

  private static <T> Set<T> choices(
      Query query, String name, String words, Function<String, T> parse) throws BadQuery {
    String text = query.text(name);
    if (text == null) {
      return Set.of();
    }
    Set<T> values = new LinkedHashSet<>();
    for (String each : text.split(",", -1)) {
      T value = parse.apply(each);
      if (value == null) {
        throw new BadQuery(
            "%s must be %s, several with commas, not '%s'"
                .formatted(name, words, Query.shown(each)));
      }
      values.add(value);
    }
    if (values.size() > CHOICES_MAX) {
      throw new BadQuery(
          "%s must have %d choices at most, not %d".formatted(name, CHOICES_MAX, values.size()));
    }
    return Set.copyOf(values);
  }

  private static <T> T find(T[] values, Function<T, String> word, String text) {
    return Arrays.stream(values)
        .filter(value -> word.apply(value).equals(text))
        .findFirst()
        .orElse(null);
  }

  private static <T> String words(T[] values, Function<T, String> word) {
    return Arrays.stream(values).map(word).collect(Collectors.joining(", ", "one of ", ""));
  }

  /** Whether an event fits. */
  boolean admits(FeedEvent event) {
    return kinds.contains(event.kind())
        && (devices.isEmpty() || devices.contains(event.device()))
        && (door == null || door == event.door())
        && (reply == 0 || (!event.reply().isEmpty() && event.reply().charAt(0) == reply))
        && (codes.isEmpty() || (event.code() != null && codes.contains(event.code())))
        && (peer == null || isPeer(event))
        && (text == null || isText(event));
  }

  private boolean isPeer(FeedEvent event) {
    return peer.equalsIgnoreCase(event.address()) || peer.equalsIgnoreCase(event.peer());
  }

  private boolean isText(FeedEvent event) {
    String sentence = event.sentence();
    return contains(event.request())
        || contains(event.reply())
        || contains(event.peer())
        || (sentence != null && contains(sentence));
  }

  private boolean contains(String whole) {
    for (int i = 0; i <= whole.length() - text.length(); i++) {
      if (whole.regionMatches(true, i, text, 0, text.length())) {
        return true;
      }
    }
    return false;
  }
}
