package io.wwep.console.api;

import static io.wwep.console.rest.Schema.count;
import static io.wwep.console.rest.Schema.entries;
import static io.wwep.console.rest.Schema.flag;
import static io.wwep.console.rest.Schema.list;
import static io.wwep.console.rest.Schema.member;
import static io.wwep.console.rest.Schema.nullable;
import static io.wwep.console.rest.Schema.number;
import static io.wwep.console.rest.Schema.object;
import static io.wwep.console.rest.Schema.text;
import static io.wwep.console.rest.Schema.whole;

import io.wwep.console.rest.Schema;

/** How a server tells of itself. */
final class ServerShapes {

  private static final int WORDS_MAX = 1_000;
  private static final int LIST_MAX = 64;

  private static final Schema PORT = nullable(whole("null where it is not served", 1, 65_535));

  private static final Schema COUNTS =
      entries(text("a stable word"), count("how many since the start"), WORDS_MAX);

  private static final Schema TIMES =
      object(
          "Times",
          member("count", count("how many values")),
          member("sumSeconds", number("of all values")),
          member(
              "buckets",
              list(
                  list(
                      nullable(number("largest value in seconds, null for none; values up to it")),
                      2),
                  LIST_MAX)));

  private static final Schema STORE =
      object(
          "Store",
          member("description", text("engine and durability")),
          member("durable", flag("whether writes are not known to fail")),
          member("failure", nullable(text("why they fail, and what helps"))),
          member("fileBytes", count("size of the database file")),
          member("logBytes", count("size of its log")),
          member("historyWrites", count("writes that the history has")),
          member("devices", count("with written registers")),
          member("registers", count("that are written")));

  private static final Schema CERTIFICATE =
      object(
          "Certificate",
          member("kind", Schema.words("ec", "rsa")),
          member("subject", text("whose it is")),
          member("names", list(text("name or address"), WORDS_MAX)),
          member("notBefore", Shapes.TIME),
          member("notAfter", Shapes.TIME),
          member("sha256", text("its fingerprint")),
          member("daysLeft", whole("negative where it has ended", -1_000_000, 1_000_000)));

  private static final Schema LIMIT =
      object(
          "Limit",
          member("name", text("of the option, as far as it has one")),
          member("value", nullable(count("null where it is off, or has no number"))),
          member("hits", nullable(count("how often since the start; null where not counted"))));

  static final Schema SERVER =
      object(
          "Server",
          member("version", text("of the program")),
          member("since", Shapes.TIME),
          member("ports", object(member("plain", PORT), member("tls", PORT))),
          member("engine", text("what moves and encrypts the bytes")),
          member("addresses", list(text("under which boards reach it"), LIST_MAX)),
          member("store", STORE),
          member(
              "connections",
              object(
                  member("open", count("now")),
                  member("max", count("at a time")),
                  member("accepted", count("since the start")))),
          member(
              "counters",
              object(
                  member("requests", count("answered")),
                  member("reads", count("of them")),
                  member("writes", count("of them")),
                  member("accepted", count("answered A")),
                  member("rejected", COUNTS),
                  member("bytesIn", count("of requests")),
                  member("bytesOut", count("of replies")))),
          member("latency", TIMES),
          member("commit", TIMES),
          member(
              "tls",
              object(
                  member("profile", Schema.words("modern", "board", "legacy")),
                  member("versions", COUNTS),
                  member("suites", COUNTS),
                  member("failures", COUNTS))),
          member("certificates", list(CERTIFICATE, 2)),
          member("limits", list(LIMIT, LIST_MAX)),
          member("warnings", list(text("with the cure"), LIST_MAX)));

  private ServerShapes() {}
}
