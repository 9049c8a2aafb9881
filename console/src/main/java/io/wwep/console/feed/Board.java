package io.wwep.console.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Times;
import io.wwep.protocol.RegisterId;
import io.wwep.server.access.Door;
import io.wwep.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One device ID, and what is known of the board behind it. Guarded by {@link Boards}' lock. */
final class Board {

  static final int PEERS_MAX = 8;
  static final int REGISTERS_MAX = 16;

  private final int device;
  private final Progress progress = new Progress();
  private final Clashes clashes = new Clashes();
  private final Map<Place, Visit> peers = new Forgetful<>(PEERS_MAX);

  private final Map<Integer, Seen> registers = new Forgetful<>(REGISTERS_MAX);

  private String certificate;

  private record Place(String address, Door door) {}

  private record Visit(String tls, Instant last) {}

  /**
   * What a message said of a register.
   *
   * @param reply that had its value
   * @param changed when it said so first
   */
  private record Seen(String reply, Instant changed) {}

  Board(int device) {
    this.device = device;
  }

  int device() {
    return device;
  }

  Progress progress() {
    return progress;
  }

  /** Learns of something that happened to it at a port of the protocol. */
  void take(FeedEvent event) {
    progress.take(event);
    peers.compute(
        new Place(event.address(), event.door()),
        (place, before) ->
            new Visit(
                event.tls() == null && before != null ? before.tls : event.tls(), event.time()));
    if (event.certificate() != null) {
      certificate = event.certificate();
    }
    takeRegister(event);
    if (event.isStoredWrite()) {
      clashes.wrote(event.address(), event.time());
    }
  }

  /** Learns of a message about one of its registers, from whomever it came. */
  void takeRegister(FeedEvent event) {
    if (event.code() != null || event.register() == FeedEvent.NONE) {
      return;
    }
    Seen seen = registers.get(event.register());
    if (seen == null || !seen.reply.equals(event.reply())) {
      registers.put(event.register(), new Seen(event.reply(), event.time()));
    }
  }

  /** Returns the addresses of two boards that use it; empty where it is one board. */
  List<String> clash(Instant now) {
    return clashes.addresses(now);
  }

  /** Returns what the page shows of it, but for the clash. */
  JsonObject card(Instant now, Store store) {
    String why = progress.why();
    JsonObject card = new JsonObject().put("device", Ids.device(device)).put("peers", peers());
    progress.describe(card, now);
    FeedEvent.putKnown(card, "certificate", certificate);
    return card.put("registers", registers(store)).put("stuck", why != null).put("why", why);
  }

  private JsonArray peers() {
    JsonArray array = new JsonArray();
    peers.forEach(
        (place, visit) -> {
          JsonObject peer =
              new JsonObject()
                  .put("address", place.address)
                  .put("door", FeedEvent.word(place.door));
          FeedEvent.putKnown(peer, "tls", visit.tls);
          array.add(0, peer.put("last", Times.text(visit.last)));
        });
    return array;
  }

  private JsonArray registers(Store store) {
    JsonArray array = new JsonArray();
    registers.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each -> {
              int value = store.read(new RegisterId(device, each.getKey()).address());
              if (value != Store.ABSENT) {
                array.add(
                    new JsonObject()
                        .put("register", Ids.register(each.getKey()))
                        .put("value", value)
                        .put("changed", Times.text(each.getValue().changed)));
              }
            });
    return array;
  }
}
