package io.wwep.console.feed;

import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Times;
import io.wwep.protocol.RejectCode;
import io.wwep.server.Probe;
import io.wwep.server.ServerEvent;
import io.wwep.server.access.Door;
import java.time.Instant;
import java.util.Locale;

/**
 * One event of the server with the number by which readers of the console go on.
 *
 * <p>Immutable, but for its JSON, which is made when it is asked for first; any thread.
 */
public final class FeedEvent {

  /** What an event is about. */
  public enum Kind {
    TRANSACTION,
    NOTICE,
    PROBE,
    SERVER,
    END;

    /** Returns the word of it in JSON and in filters. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** No device, no register. */
  public static final int NONE = -1;

  /** Objects and references of one event, in bytes, its texts aside; about. */
  private static final int OBJECTS_BYTES = 400;

  /** A text is kept once as it came and once in JSON, whose escapes may double it. */
  private static final int BYTES_PER_CHARACTER = 3;

  private final long id;
  private final ServerEvent source;
  private final String address;
  private final int device;
  private final int register;
  private volatile byte[] json;

  FeedEvent(long id, ServerEvent source) {
    this.id = id;
    this.source = source;
    address = addressOf(peer());
    ServerEvent.Transaction transaction = transaction();
    device =
        source instanceof ServerEvent.Probed probed
            ? probed.device()
            : transaction == null ? NONE : transaction.device();
    register = transaction == null ? NONE : transaction.register();
  }

  /** Cuts the port off, and the brackets of IPv6. */
  private static String addressOf(String peer) {
    int colon = peer.lastIndexOf(':');
    String host = colon < 0 ? peer : peer.substring(0, colon);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Returns its number; numbers grow by one over the life of the process. */
  public long id() {
    return id;
  }

  /** Returns when it happened. */
  public Instant time() {
    return source.time();
  }

  /** Returns what it is about. */
  public Kind kind() {
    if (source instanceof ServerEvent.Transaction) {
      return Kind.TRANSACTION;
    }
    if (source instanceof ServerEvent.Notice) {
      return Kind.NOTICE;
    }
    if (source instanceof ServerEvent.Probed) {
      return Kind.PROBE;
    }
    return source instanceof ServerEvent.Ended ? Kind.END : Kind.SERVER;
  }

  /** Returns where it came in; null where it is about the server itself. */
  public Door door() {
    return source instanceof ServerEvent.AtPort atPort ? atPort.door() : null;
  }

  /** Returns {@code address:port}, or an empty text where it is about the server itself. */
  public String peer() {
    return source instanceof ServerEvent.AtPort atPort ? atPort.peer() : "";
  }

  /** Returns the peer's address without its port. */
  public String address() {
    return address;
  }

  /** Returns the device ID that the request names or a probe is about, or {@link #NONE}. */
  public int device() {
    return device;
  }

  /** Returns the register that the request names, or {@link #NONE}. */
  public int register() {
    return register;
  }

  /** Returns the request as the log shows it; empty where there is none. */
  public String request() {
    ServerEvent.Transaction transaction = transaction();
    return transaction == null ? "" : transaction.request();
  }

  /** Returns the reply, empty where there is none. */
  String reply() {
    ServerEvent.Transaction transaction = transaction();
    return transaction == null ? "" : transaction.reply();
  }

  /** Returns why a request was rejected, or null. */
  public RejectCode code() {
    ServerEvent.Transaction transaction = transaction();
    return transaction == null || transaction.rejection() == null
        ? null
        : transaction.rejection().code();
  }

  /** Returns the version of TLS, or null. */
  public String tls() {
    ServerEvent.Transaction transaction = transaction();
    return transaction == null ? null : transaction.tls();
  }

  /** Returns whose certificate the peer has shown and was accepted, or null. */
  String certificate() {
    ServerEvent.Transaction transaction = transaction();
    return transaction == null ? null : transaction.certificate();
  }

  /** Returns cause and cure, or null where there is nothing to say. */
  public String sentence() {
    if (source instanceof ServerEvent.Transaction transaction) {
      return transaction.rejection() == null ? null : transaction.rejection().sentence();
    }
    if (source instanceof ServerEvent.Notice notice) {
      return notice.sentence();
    }
    if (source instanceof ServerEvent.Probed probed) {
      return probed.sentence();
    }
    return source instanceof ServerEvent.OwnNotice own ? own.sentence() : null;
  }

  /** Returns what a board did that was probed, or null where it is about something else. */
  public Probe.Outcome outcome() {
    return source instanceof ServerEvent.Probed probed ? probed.outcome() : null;
  }

  /** Returns how a connection ended, or null where it is about something else. */
  public ServerEvent.End end() {
    return source instanceof ServerEvent.Ended ended ? ended.end() : null;
  }

  /** Whether it was a write that has been stored. */
  public boolean isStoredWrite() {
    return device != NONE && code() == null && request().startsWith("W");
  }

  /** Whether people look for it first: everything but a request that went well and an end. */
  boolean isRemarkable() {
    Kind kind = kind();
    return kind == Kind.TRANSACTION ? code() != null : kind != Kind.END;
  }

  private ServerEvent.Transaction transaction() {
    return source instanceof ServerEvent.Transaction transaction ? transaction : null;
  }

  /** Returns how much memory it takes at most, its JSON included; about. */
  int bytesMax() {
    String sentence = sentence();
    int characters =
        peer().length()
            + request().length()
            + reply().length()
            + (sentence == null ? 0 : sentence.length());
    return OBJECTS_BYTES + BYTES_PER_CHARACTER * characters;
  }

  /** Returns its JSON in UTF-8, made once; not to be changed. */
  byte[] bytes() {
    byte[] made = json;
    if (made == null) {
      made = toJson().toBuffer().getBytes();
      json = made;
    }
    return made;
  }

  /** Returns its JSON. */
  JsonObject toJson() {
    JsonObject object =
        new JsonObject().put("id", id).put("time", Times.text(time())).put("kind", kind().word());
    if (door() != null) {
      object.put("door", word(door())).put("peer", peer());
    }
    if (source instanceof ServerEvent.Transaction transaction) {
      put(object, transaction);
    } else if (source instanceof ServerEvent.Probed probed) {
      object
          .put("sentence", probed.sentence())
          .put("device", Ids.device(device))
          .put("outcome", word(probed.outcome()));
    } else if (source instanceof ServerEvent.Ended ended) {
      object.put("requests", ended.requests());
      if (ended.end() != ServerEvent.End.UNKNOWN) {
        object.put("repliesTaken", ended.end() == ServerEvent.End.TAKEN);
      }
    } else {
      object.put("sentence", sentence());
    }
    return object;
  }

  private void put(JsonObject object, ServerEvent.Transaction transaction) {
    putKnown(object, "tls", transaction.tls());
    putKnown(object, "certificate", transaction.certificate());
    object.put("request", transaction.request()).put("reply", transaction.reply());
    if (transaction.rejection() != null) {
      object.put("code", transaction.rejection().code().word()).put("sentence", sentence());
    }
    if (transaction.wrongByte() >= 0) {
      object.put("wrongByte", transaction.wrongByte());
    }
    if (device != NONE) {
      object.put("device", Ids.device(device));
    }
    if (register != NONE) {
      object.put("register", Ids.register(register));
    }
  }

  static void putKnown(JsonObject object, String member, String text) {
    if (text != null) {
      object.put(member, text);
    }
  }

  /** Returns the word of an outcome in JSON. */
  public static String word(Probe.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the word of a door in JSON and in filters. */
  static String word(Door door) {
    return door.key();
  }
}
