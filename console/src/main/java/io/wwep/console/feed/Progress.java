package io.wwep.console.feed;

import io.vertx.core.json.JsonObject;
import io.wwep.protocol.RejectCode;
import io.wwep.server.Probe;
import io.wwep.server.ServerEvent;
import io.wwep.server.access.Door;
import io.wwep.server.tls.TlsDiagnosis;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of one board, or of one address that has named no board: counts, stages and what
 * keeps it from going on. Guarded by the lock of {@link Boards}.
 */
final class Progress {

  /** Boards that do not look at replies break each connection off; others rarely. */
  private static final int UNREAD_MIN = 3;

  private static final String UNREAD =
      "it resets its connections behind the reply, so it probably has not read it: read 11 bytes"
          + " (or an X) before the socket is deleted";

  /** Rejections that come before TLS is up. */
  private static final Set<RejectCode> BEFORE_TLS =
      EnumSet.of(
          RejectCode.TLS_FAILED, RejectCode.PLAIN_ON_TLS_PORT, RejectCode.HTTP, RejectCode.LIMITED);

  private final Stages stages = new Stages();
  private final Rate rate = new Rate();
  private final Trouble plain = new Trouble();
  private final Trouble tls = new Trouble();
  private FeedEvent last;
  private long requests;
  private long rejected;
  private int unread;
  private boolean refusedCertificate;

  /** Learns of something that happened to it. */
  void take(FeedEvent event) {
    if (event.kind() != FeedEvent.Kind.PROBE) {
      stages.reach(Stage.CONNECTED, event.time());
    }
    switch (event.kind()) {
      case TRANSACTION -> takeTransaction(event);
      case NOTICE -> at(event.door()).failed(event);
      case PROBE -> takeProbe(event);
      case END -> takeEnd(event);
      case SERVER -> throw new IllegalArgumentException("not of a peer: " + event.toJson());
    }
    if (event.kind() != FeedEvent.Kind.END && event.kind() != FeedEvent.Kind.PROBE) {
      last = event;
    }
  }

  private Trouble at(Door door) {
    return door == Door.TLS ? tls : plain;
  }

  private void takeTransaction(FeedEvent event) {
    if (!event.request().isEmpty()) {
      stages.reach(Stage.SENT, event.time());
      requests++;
      rate.count(event.time());
    }
    if (event.code() == null) {
      at(event.door()).succeeded();
    } else {
      rejected += event.request().isEmpty() ? 0 : 1;
      at(event.door()).failed(event);
    }
    if (event.isStoredWrite()) {
      stages.reach(Stage.LEGAL_WRITE, event.time());
    }
    if (event.door() == Door.TLS) {
      takeTls(event);
    }
  }

  private void takeTls(FeedEvent event) {
    if (event.code() != null && BEFORE_TLS.contains(event.code())) {
      refusedCertificate |= TlsDiagnosis.isRefusal(event.sentence());
      return;
    }
    stages.reach(Stage.TLS, event.time());
    if (refusedCertificate) {
      stages.reach(Stage.VERIFIED, event.time());
    }
    if (event.certificate() != null) {
      stages.reach(Stage.CERTIFICATE, event.time());
    }
  }

  private void takeEnd(FeedEvent event) {
    if (event.end() == ServerEvent.End.TAKEN) {
      stages.reach(Stage.REPLY_READ, event.time());
      unread = 0;
    } else if (event.end() == ServerEvent.End.RESET) {
      unread++;
    }
  }

  /** A probe is no trouble of the board's, however it ends. */
  private void takeProbe(FeedEvent event) {
    if (event.outcome() == Probe.Outcome.REFUSED) {
      stages.reach(Stage.VERIFIED, event.time());
    } else if (event.outcome() == Probe.Outcome.TAKEN) {
      stages.miss(Stage.VERIFIED);
      refusedCertificate = false;
    }
  }

  /** Returns what to do next, or null when nothing keeps it from going on. */
  String why() {
    return Stream.of(plain, tls)
        .filter(Trouble::isStuck)
        .max(Comparator.comparing(Trouble::time))
        .map(Trouble::why)
        .orElse(unread >= UNREAD_MIN ? UNREAD : null);
  }

  /** Takes over what was known of the board under its address. */
  void merge(Progress other) {
    stages.merge(other.stages);
    rate.merge(other.rate);
    plain.merge(other.plain);
    tls.merge(other.tls);
    requests += other.requests;
    rejected += other.rejected;
    unread += other.unread;
    refusedCertificate |= other.refusedCertificate;
    last = Objects.requireNonNullElse(last, other.last);
  }

  /** Adds what it knows to a card. */
  void describe(JsonObject card, Instant now) {
    card.put("last", last.toJson())
        .put("requests", requests)
        .put("rejected", rejected)
        .put("ratePerSecond", rate.perSecond(now))
        .put("stages", stages.json())
        .put("stage", stages.furthest().word());
  }
}
