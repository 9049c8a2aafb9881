package io.wwep.console.classroom;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.feed.BoardWitness;
import io.wwep.console.feed.FeedEvent;
import io.wwep.console.rest.Ids;
import io.wwep.server.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All devices of a class. Bounded: of those that have neither a name nor an exercise done, the one
 * heard of longest ago makes room, and of the others only where there are no such ones.
 *
 * <p>Any thread; the lock is held for about a microsecond an event, and for some milliseconds while
 * thousands of devices are written down.
 */
final class Roll implements BoardWitness {

  static final int DEVICES_MAX = 4_096;

  /** For how long somebody counts as still being at an address. */
  private static final Duration AT_ADDRESS = Duration.ofHours(1);

  private static final int CAPACITY = 64;
  private static final float LOAD_FACTOR = 0.75f;

  private static final Comparator<JsonObject> STUCK_FIRST =
      Comparator.comparing((JsonObject each) -> !each.getBoolean("stuck"))
          .thenComparing(each -> each.getInteger("done"))
          .thenComparing(each -> each.getString("device"));

  /** The one heard of longest ago comes first. */
  private final Map<Integer, Participant> devices =
      new LinkedHashMap<>(CAPACITY, LOAD_FACTOR, /* accessOrder= */ true);

  /** Grows with each change that is to be kept. */
  private long changes;

  @Override
  public synchronized void happened(int device, FeedEvent event) {
    Participant known = devices.get(device);
    boolean news = (known == null ? add(device) : known).take(event);
    if (news || known == null) {
      changes++;
    }
  }

  private Participant add(int device) {
    if (devices.size() >= DEVICES_MAX) {
      forgetOne();
    }
    Participant added = new Participant(device);
    devices.put(device, added);
    return added;
  }

  private void forgetOne() {
    Iterator<Participant> oldestFirst = devices.values().iterator();
    while (oldestFirst.hasNext()) {
      Participant each = oldestFirst.next();
      if (each.name() == null && each.done() == 0) {
        oldestFirst.remove();
        return;
      }
    }
    oldestFirst = devices.values().iterator();
    oldestFirst.next();
    oldestFirst.remove();
  }

  /** Changes a device, which is there from then on. */
  synchronized void change(int device, Consumer<Participant> change) {
    Participant known = devices.get(device);
    change.accept(known == null ? add(device) : known);
    changes++;
  }

  /** Takes a device's name away. */
  synchronized void unname(int device) {
    Participant known = devices.get(device);
    if (known != null) {
      known.name(null);
      changes++;
    }
  }

  /** Whether a probe of a device is under way. */
  synchronized boolean isProbed(int device) {
    Participant known = devices.get(device);
    return known != null && known.isProbed();
  }

  /** Forgets how far a device is; one without a name is forgotten as a whole. */
  synchronized void startOver(int device) {
    Participant known = devices.get(device);
    if (known != null) {
      known.startOver();
      if (isForgettable(known)) {
        devices.remove(device);
      }
      changes++;
    }
  }

  /** Forgets how far all devices are; those without a name are forgotten as a whole. */
  synchronized void startOver() {
    devices.values().forEach(Participant::startOver);
    devices.values().removeIf(Roll::isForgettable);
    changes++;
  }

  private static boolean isForgettable(Participant device) {
    return device.name() == null && !device.isProbed();
  }

  /** A probe did not begin: a device of which nothing else is known is forgotten. */
  synchronized void notProbed(int device) {
    Participant known = devices.get(device);
    if (known != null) {
      known.probing(null);
      if (known.isBlank()) {
        devices.remove(device);
      }
      changes++;
    }
  }

  /** A probe has ended: told to the one it asked about, and to the one it met. */
  synchronized void probed(int asked, Probe.Result result) {
    change(
        asked,
        device -> {
          device.probing(null);
          device.probed(result);
        });
    if (result.device() != asked) {
      change(result.device(), device -> device.probed(result));
    }
  }

  /** Returns from where a device came last, or null. */
  synchronized String addressOf(int device) {
    Participant known = devices.get(device);
    return known == null ? null : known.address();
  }

  /** Returns the devices that came last from an address, within the last hour; sorted. */
  synchronized List<String> at(String address, Instant now) {
    Instant since = now.minus(AT_ADDRESS);
    return devices.values().stream()
        .filter(each -> address.equals(each.address()) && each.seen().isAfter(since))
        .map(each -> Ids.device(each.device()))
        .sorted()
        .toList();
  }

  /**
   * Returns all devices, those first that are stuck, then those that have done least.
   *
   * @param troubles what keeps devices from going on
   */
  synchronized JsonArray json(Map<Integer, String> troubles) {
    List<JsonObject> all = new ArrayList<>(devices.size());
    devices.values().forEach(each -> all.add(each.json(troubles.get(each.device()))));
    all.sort(STUCK_FIRST);
    return new JsonArray(all);
  }

  /** Returns one device, or null where it is not known. */
  synchronized JsonObject json(int device, Map<Integer, String> troubles) {
    Participant known = devices.get(device);
    return known == null ? null : known.json(troubles.get(device));
  }

  /** Returns a number that grows with each change that is to be kept. */
  synchronized long changes() {
    return changes;
  }

  /** Returns what is to be kept of all devices, the one heard of longest ago first. */
  synchronized JsonArray save() {
    JsonArray saved = new JsonArray();
    devices.values().forEach(each -> saved.add(each.save()));
    return saved;
  }

  /**
   * Takes over what was kept, before anything else happens.
   *
   * @return the entries that could not be taken over, each with the reason
   */
  synchronized List<String> load(JsonArray saved) {
    List<String> damaged = new ArrayList<>();
    for (int i = 0; i < saved.size(); i++) {
      try {
        Participant each = Participant.load(saved.getValue(i));
        if (devices.size() >= DEVICES_MAX) {
          throw new IllegalArgumentException(
              "a class has %d devices at most".formatted(DEVICES_MAX));
        }
        devices.put(each.device(), each);
      } catch (IllegalArgumentException wrong) {
        damaged.add("entry %d: %s".formatted(i + 1, wrong.getMessage()));
      }
    }
    return damaged;
  }
}
