package io.wwep.console.feed;

import static io.wwep.console.rest.Schema.count;
import static io.wwep.console.rest.Schema.flag;
import static io.wwep.console.rest.Schema.list;
import static io.wwep.console.rest.Schema.member;
import static io.wwep.console.rest.Schema.nullable;
import static io.wwep.console.rest.Schema.number;
import static io.wwep.console.rest.Schema.object;
import static io.wwep.console.rest.Schema.optional;
import static io.wwep.console.rest.Schema.text;
import static io.wwep.console.rest.Schema.time;
import static io.wwep.console.rest.Schema.whole;

import io.wwep.console.rest.Schema;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.RejectCode;
import io.wwep.server.Probe;
import java.util.Arrays;

/** The JSON of events and boards, for the document that describes the API. */
final class FeedShapes {

  private static final Schema TIME = time("in UTC, with milliseconds");
  private static final Schema DEVICE = text("a device ID", "[0-9A-F]{4}");
  private static final Schema REGISTER = text("a register", "[0-9A-F]{2}");
  private static final Schema DOOR = Schema.words("plain", "tls", "console");
  private static final Schema TLS = text("its version of TLS, as in TLSv1.3");
  private static final Schema WHY = nullable(text("what to do next; null where all goes on"));

  static final Schema EVENT =
      object(
          "Event",
          member("id", count("grows by one with each event of this process")),
          member("time", TIME),
          member("kind", Schema.words("transaction", "notice", "probe", "server", "end")),
          optional("door", DOOR),
          optional("peer", text("address:port")),
          optional("tls", TLS),
          optional("certificate", text("whose certificate was accepted, as in device 0FAC")),
          optional("request", text("printable ASCII as is, other bytes as \\xNN")),
          optional("reply", text("A and the register, X, or nothing where nobody was left")),
          optional(
              "code",
              Schema.words(
                  Arrays.stream(RejectCode.values()).map(RejectCode::word).toArray(String[]::new))),
          optional("sentence", text("cause and cure")),
          optional("wrongByte", count("index of the byte that made the request illegal")),
          optional("device", DEVICE),
          optional("register", REGISTER),
          optional(
              "outcome",
              Schema.words(
                  Arrays.stream(Probe.Outcome.values())
                      .map(FeedEvent::word)
                      .toArray(String[]::new))),
          optional("requests", count("how many requests an ended connection made")),
          optional("repliesTaken", flag("whether the peer took the last reply, where known")));

  static final Schema EVENTS =
      object(
          "Events",
          member("events", list(EVENT, EventRing.EVENTS_MAX)),
          member("next", nullable(text("path of the next page"))));

  static final String STREAM =
      "Server-Sent Events: hello (once; start tells one life of the ids from another), events (an"
          + " array of Event, at most ten times a second), dropped (count of events that were left"
          + " out).";

  private static final Schema STAGES =
      object(
          "Stages",
          Arrays.stream(Stage.values())
              .map(stage -> member(stage.word(), nullable(TIME)))
              .toArray(Schema.Member[]::new));

  private static final Schema STAGE =
      Schema.words(Arrays.stream(Stage.values()).map(Stage::word).toArray(String[]::new));

  private static final Schema CLASH =
      object(
          "Clash",
          member("addresses", list(text("who writes under one device ID"), 2)),
          member("free", nullable(DEVICE)));

  private static final Schema BOARD =
      object(
          "Board",
          member("device", DEVICE),
          member(
              "peers",
              list(
                  object(
                      member("address", text("without port")),
                      member("door", DOOR),
                      optional("tls", TLS),
                      member("last", TIME)),
                  Board.PEERS_MAX)),
          member("last", EVENT),
          member("requests", count("a lower bound where events were left out")),
          member("rejected", count("requests that were answered X")),
          member("ratePerSecond", number("of the last ten seconds")),
          member("stages", STAGES),
          member("stage", STAGE),
          optional("certificate", text("which it has shown last, as in device 0FAC")),
          member(
              "registers",
              list(
                  object(
                      member("register", REGISTER),
                      member("value", whole("at the moment", 0, RegisterId.VALUE_MAX)),
                      member("changed", TIME)),
                  Board.REGISTERS_MAX)),
          member("stuck", flag("whether somebody should look at it")),
          member("why", WHY),
          member("clash", nullable(CLASH)));

  private static final Schema STRANGER =
      object(
          "Stranger",
          member("address", text("without port")),
          member("last", EVENT),
          member("requests", count("messages that named no board")),
          member("rejected", count("those of them that were answered X")),
          member("ratePerSecond", number("of the last ten seconds")),
          member("stages", STAGES),
          member("stage", STAGE),
          member("stuck", flag("whether somebody should look at it")),
          member("why", WHY));

  static final Schema BOARDS =
      object(
          "Boards",
          member("time", TIME),
          member("sampled", flag("whether events were left out, so that counts are lower bounds")),
          member("boards", list(BOARD, Boards.BOARDS_MAX)),
          member("strangers", list(STRANGER, Boards.STRANGERS_MAX)));

  private FeedShapes() {}
}
