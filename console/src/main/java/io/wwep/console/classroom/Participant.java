package io.wwep.console.classroom;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.feed.FeedEvent;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Times;
import io.wwep.protocol.RejectCode;
import io.wwep.server.Probe;
import io.wwep.server.access.Door;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** One device of a class, and how far it is. Guarded by the lock of {@link Roll}. */
final class Participant {

  /** What somebody sends who tries an illegal packet. */
  private static final Set<RejectCode> ILLEGAL =
      EnumSet.of(
          RejectCode.INCOMPLETE, RejectCode.TOO_LONG, RejectCode.BAD_COMMAND, RejectCode.BAD_DIGIT);

  private static final String PASSED = "passed";
  private static final int VALUE_FROM = 7;
  private static final int VALUE_TO = 11;

  private final int device;
  private String name;
  private String address;
  private Instant seen;
  private LedRun led;
  private ReplyRun replies;
  private DoorRun doors;
  private final Map<Exercise, Told> checks = new EnumMap<>(Exercise.class);
  private Told diagnosis;

  /** What the last probe that could tell has told; null where none could. */
  private Told verification;

  /** How the last probe ended; null where there was none in this process. */
  private Told probed;

  /** Whom that tells about. */
  private int met;

  /** From where a probe waits for it; null while none does. */
  private String probing;

  Participant(int device) {
    this.device = device;
    startOver();
  }

  int device() {
    return device;
  }

  String name() {
    return name;
  }

  void name(String text) {
    name = text;
  }

  /** Returns from where it came last, or null. */
  String address() {
    return address;
  }

  /** Returns when it came last, or null. */
  Instant seen() {
    return seen;
  }

  /** Forgets all but its name, and where it is. */
  void startOver() {
    led = new LedRun(device);
    replies = new ReplyRun(device);
    doors = new DoorRun();
    checks.clear();
    diagnosis = null;
    verification = null;
    probed = null;
  }

  /** Something happened to it; returns whether that is news, which is to be kept. */
  boolean take(FeedEvent event) {
    boolean news = !event.address().equals(address);
    address = event.address();
    seen = event.time();
    if (event.kind() == FeedEvent.Kind.END) {
      return replies.ended(event.peer(), event.end(), event.time()) || news;
    }
    boolean accepted = event.kind() == FeedEvent.Kind.TRANSACTION && event.code() == null;
    if (accepted || event.code() == RejectCode.NOT_WRITTEN) {
      news |= doors.spoke(event.door(), event.time());
    } else if (event.door() == Door.TLS) {
      news |= doors.triedTls();
    }
    return (accepted ? takeAccepted(event) : takeTrouble(event)) || news;
  }

  private boolean takeAccepted(FeedEvent event) {
    boolean news = replies.answered(event.peer(), /* legal= */ true);
    if (event.isStoredWrite()) {
      int value = Integer.parseInt(event.request().substring(VALUE_FROM, VALUE_TO), 16);
      news |= led.wrote(event.register(), value, event.time());
    }
    return news;
  }

  private boolean takeTrouble(FeedEvent event) {
    boolean illegal = event.code() != null && ILLEGAL.contains(event.code());
    boolean news = illegal && replies.answered(event.peer(), /* legal= */ false);
    Told before = diagnosis;
    diagnosis =
        new Told(event.time(), event.code() == null ? null : event.code().word(), event.sentence());
    return news || before == null || !before.sentence().equals(diagnosis.sentence());
  }

  /** A server of its author's was checked. */
  void checked(Exercise exercise, boolean passed, String sentence, Instant time) {
    Told before = checks.get(exercise);
    boolean done = before != null && before.word().equals(PASSED);
    if (!done || passed) {
      checks.put(exercise, new Told(time, passed ? PASSED : "failed", sentence));
    }
  }

  /** A probe waits for it, from an address; null for none any more. */
  void probing(String from) {
    probing = from;
  }

  /** Whether a probe waits for it. */
  boolean isProbed() {
    return probing != null;
  }

  /** Whether it has neither come nor a name, and nothing was found out about it. */
  boolean isBlank() {
    return name == null && seen == null && checks.isEmpty() && probed == null;
  }

  /** A probe has ended that asked about it, or has met it. */
  void probed(Probe.Result result) {
    probed = new Told(result.time(), FeedEvent.word(result.outcome()), result.sentence());
    met = result.device();
    if (result.device() == device
        && (result.outcome() == Probe.Outcome.REFUSED || result.outcome() == Probe.Outcome.TAKEN)) {
      verification = probed;
    }
  }

  Standing standing(Exercise exercise) {
    return switch (exercise) {
      case TOGGLE -> led.standing();
      case REPLY -> replies.standing();
      case TLS -> doors.overTls();
      case BOTH_DOORS -> doors.onBoth();
      case PLAIN_SERVER, TLS_SERVER, FULL_SERVER -> standingOfCheck(checks.get(exercise));
    };
  }

  private static Standing standingOfCheck(Told check) {
    if (check == null) {
      return Standing.OPEN;
    }
    return check.word().equals(PASSED)
        ? Standing.done(check.time())
        : Standing.goingOn("the check of its server failed: " + check.sentence());
  }

  /** Returns how many exercises are done. */
  int done() {
    int count = 0;
    for (Exercise each : Exercise.values()) {
      count += standing(each).isDone() ? 1 : 0;
    }
    return count;
  }

  /**
   * Returns what is shown of it.
   *
   * @param why what keeps it from going on; null where nothing does
   */
  JsonObject json(String why) {
    JsonArray exercises = new JsonArray();
    for (Exercise each : Exercise.values()) {
      exercises.add(standing(each).json(each));
    }
    return new JsonObject()
        .put("device", Ids.device(device))
        .put("name", name)
        .put("address", address)
        .put("seen", Times.text(seen))
        .put("stuck", why != null)
        .put("why", why)
        .put("diagnosis", diagnosis == null ? null : diagnosis.json("code"))
        .put("exercises", exercises)
        .put("done", done())
        .put("verifies", verifies())
        .put("probing", probing)
        .put(
            "probe", probed == null ? null : probed.json("outcome").put("device", Ids.device(met)));
  }

  /** Returns whether it looks at the server's certificate, or null where no probe has told. */
  private Boolean verifies() {
    return verification == null
        ? null
        : verification.word().equals(FeedEvent.word(Probe.Outcome.REFUSED));
  }

  /** Returns what is kept of it in the file. */
  JsonObject save() {
    JsonObject results = new JsonObject();
    checks.forEach((exercise, check) -> results.put(exercise.number(), check.json("result")));
    return new JsonObject()
        .put("device", Ids.device(device))
        .put("name", name)
        .put("address", address)
        .put("seen", Times.text(seen))
        .put("led", led.save())
        .put("replies", replies.save())
        .put("doors", doors.save())
        .put("checks", results)
        .put("diagnosis", diagnosis == null ? null : diagnosis.json("code"))
        .put("verification", verification == null ? null : verification.json("outcome"));
  }

  /**
   * Returns one that was kept.
   *
   * @param entry what {@link #save} has returned, if nobody has changed it
   * @throws IllegalArgumentException when something is missing or wrong; the message says what
   */
  static Participant load(Object entry) {
    SavedDevice saved = SavedDevice.of(entry);
    Participant loaded = new Participant(saved.device());
    loaded.name = saved.read("name", JsonObject::getString);
    loaded.address = saved.read("address", JsonObject::getString);
    loaded.seen = saved.read("seen", loaded.address == null ? Moments::in : Moments::required);
    saved.use("led", loaded.led::load);
    saved.use("replies", loaded.replies::load);
    saved.use("doors", loaded.doors::load);
    saved.use("checks", loaded::loadChecks);
    loaded.diagnosis = saved.read("diagnosis", told("code"));
    loaded.verification = saved.read("verification", told("outcome"));
    return loaded;
  }

  private void loadChecks(JsonObject results) {
    for (String number : results.fieldNames()) {
      checks.put(Exercise.of(number), Told.load(results.getJsonObject(number), "result"));
    }
  }

  private static BiFunction<JsonObject, String, Told> told(String word) {
    return (json, member) -> Told.load(json.getJsonObject(member), word);
  }
}
