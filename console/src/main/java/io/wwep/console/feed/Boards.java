package io.wwep.console.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Times;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.RejectCode;
import io.wwep.server.access.Door;
import io.wwep.store.Store;
import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What becomes of each board: a card for each device ID that was named, and one for each address
 * that named none. It is told of events alone, so under a flood, when the server leaves some out,
 * counts are lower bounds.
 *
 * <p>Bounded: what was heard of longest ago is forgotten. Any thread; the lock is held for about a
 * microsecond an event, and for some milliseconds while cards of thousands of boards are made.
 */
final class Boards {

  static final int BOARDS_MAX = 4_096;
  static final int STRANGERS_MAX = 1_024;

  /** Rejections of what is no legal message. */
  private static final Set<RejectCode> ILLEGAL =
      EnumSet.of(
          RejectCode.INCOMPLETE, RejectCode.TOO_LONG, RejectCode.BAD_COMMAND, RejectCode.BAD_DIGIT);

  private static final Comparator<JsonObject> STUCK_FIRST_THEN_NEWEST =
      Comparator.comparing((JsonObject card) -> !card.getBoolean("stuck"))
          .thenComparing(Boards::lastId, Comparator.reverseOrder());

  private final Map<Integer, Board> boards = new Forgetful<>(BOARDS_MAX);
  private final Map<String, Progress> strangers = new Forgetful<>(STRANGERS_MAX);
  private final Places places = new Places();
  private final BoardWitness witness;
  private boolean sampled;

  /**
   * @param witness told what happens to each board, under the lock
   */
  Boards(BoardWitness witness) {
    this.witness = witness;
  }

  private static long lastId(JsonObject card) {
    return card.getJsonObject("last").getLong("id");
  }

  /** Learns of an event; the thread {@code wwep-events}. */
  synchronized void take(FeedEvent event) {
    if (event.kind() == FeedEvent.Kind.PROBE) {
      Board board = boards.get(event.device());
      if (board != null) {
        board.progress().take(event);
      }
    } else if (event.door() == Door.CONSOLE) {
      Board board = boards.get(event.device());
      if (board != null) {
        board.takeRegister(event);
      }
    } else if (event.device() != FeedEvent.NONE && !isMistaken(event)) {
      speaks(event);
    } else if (event.peer().indexOf(':') >= 0) {
      takeUnnamed(event);
    }
  }

  /**
   * Whether an illegal message only looks as if it named a device, as W01234 does: it comes from
   * where another board has spoken, and that device never has.
   */
  private boolean isMistaken(FeedEvent event) {
    if (event.code() == null || !ILLEGAL.contains(event.code()) || places.hasSpoken(event)) {
      return false;
    }
    return places.boardOf(event) != FeedEvent.NONE;
  }

  private void speaks(FeedEvent event) {
    Board board = boards.computeIfAbsent(event.device(), Board::new);
    if (!places.isKnown(event.address())) {
      Progress before = strangers.remove(event.address());
      if (before != null) {
        board.progress().merge(before);
      }
    }
    places.spoke(event);
    board.take(event);
    witness.happened(event.device(), event);
  }

  private void takeUnnamed(FeedEvent event) {
    boolean end = event.kind() == FeedEvent.Kind.END;
    Board board = boards.get(places.boardOf(event));
    if (board != null) {
      board.take(event);
      witness.happened(board.device(), event);
    } else if (!end || strangers.containsKey(event.address())) {
      strangers.computeIfAbsent(event.address(), address -> new Progress()).take(event);
    }
    if (end) {
      places.ended(event);
    }
  }

  /** Returns what keeps boards from going on, by device; those that go on are not in it. */
  synchronized Map<Integer, String> troubles() {
    Map<Integer, String> troubles = new HashMap<>();
    boards.forEach(
        (device, board) -> {
          String why = board.progress().why();
          if (why != null) {
            troubles.put(device, why);
          }
        });
    return troubles;
  }

  synchronized boolean isSampled() {
    return sampled;
  }

  /** Events have been left out. */
  synchronized void sampled() {
    sampled = true;
  }

  /** Returns all cards, those first that need help. */
  JsonObject json(Instant now, Store store) {
    return json(now, store, written(store));
  }

  /** Looked up without the lock: it takes as long as a store has devices. */
  private static BitSet written(Store store) {
    BitSet devices = new BitSet(RegisterId.DEVICE_MAX + 1);
    store.visitDevices(0, RegisterId.DEVICE_MAX + 1, (device, registers) -> devices.set(device));
    return devices;
  }

  private synchronized JsonObject json(Instant now, Store store, BitSet taken) {
    boards.keySet().forEach(taken::set);
    Stream<JsonObject> cards =
        boards.values().stream().map(board -> card(board, now, store, taken));
    Stream<JsonObject> others =
        strangers.entrySet().stream().map(each -> stranger(each.getKey(), each.getValue(), now));
    return new JsonObject()
        .put("time", Times.text(now))
        .put("sampled", sampled)
        .put("boards", sorted(cards))
        .put("strangers", sorted(others));
  }

  private static JsonArray sorted(Stream<JsonObject> cards) {
    return new JsonArray(cards.sorted(STUCK_FIRST_THEN_NEWEST).toList());
  }

  private JsonObject card(Board board, Instant now, Store store, BitSet taken) {
    List<String> addresses = board.clash(now);
    JsonObject clash =
        addresses.isEmpty()
            ? null
            : new JsonObject()
                .put("addresses", new JsonArray(addresses))
                .put("free", free(board.device(), taken));
    return board.card(now, store).put("clash", clash);
  }

  /** Returns the next ID that is not taken, and takes it; null when there is none. */
  private static String free(int device, BitSet taken) {
    int above = taken.nextClearBit(device);
    int next = above <= RegisterId.DEVICE_MAX ? above : taken.nextClearBit(0);
    if (next > RegisterId.DEVICE_MAX) {
      return null;
    }
    taken.set(next);
    return Ids.device(next);
  }

  private static JsonObject stranger(String address, Progress progress, Instant now) {
    String why = progress.why();
    JsonObject card = new JsonObject().put("address", address);
    progress.describe(card, now);
    return card.put("stuck", why != null).put("why", why);
  }
}
