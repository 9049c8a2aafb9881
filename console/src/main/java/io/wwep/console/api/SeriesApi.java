package io.wwep.console.api;

import static io.wwep.console.rest.Schema.flag;
import static io.wwep.console.rest.Schema.list;
import static io.wwep.console.rest.Schema.member;
import static io.wwep.console.rest.Schema.nullable;
import static io.wwep.console.rest.Schema.object;
import static io.wwep.console.rest.Schema.text;
import static io.wwep.console.rest.Schema.whole;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.http.Problem;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.Schema;
import io.wwep.protocol.RegisterId;
import io.wwep.store.sqlite.HistoryReader;
import io.wwep.store.sqlite.Series;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The course of registers over a span of time, for charts. */
final class SeriesApi {

  private static final int REGISTERS_TEXT_MAX = 7 * HistoryReader.SERIES_MAX;

  private static final Parameter<int[]> REGISTERS =
      Parameter.query(
              "registers",
              "devices and registers with commas between them, as in 0FAC0B,0FAC05",
              text("1 to 16 of 6 hex digits", "[0-9A-Fa-f]{6}(,[0-9A-Fa-f]{6}){0,15}"),
              SeriesApi::addresses,
              null)
          .needed();

  private static final Parameter<Long> FROM = Shapes.time("from", "the beginning").needed();
  private static final Parameter<Long> TO = Shapes.time("to", "behind the end").needed();

  private static final Parameter<Long> POINTS =
      Parameter.number(
          "points", "how many for each register", 1, HistoryReader.BUCKETS_MAX, 1_000L);

  private static final Schema SERIES =
      object(
          "SeriesOfRegisters",
          member("fromMillis", whole("milliseconds since 1970", 0, Long.MAX_VALUE)),
          member("toMillis", whole("milliseconds since 1970", 0, Long.MAX_VALUE)),
          member(
              "series",
              list(
                  object(
                      "Series",
                      member("device", Shapes.DEVICE_ID),
                      member("register", Shapes.REGISTER),
                      member("before", nullable(Shapes.VALUE)),
                      member("beforeKnown", flag("false where the history begins later")),
                      member("exact", flag("whether each point is a single write")),
                      member(
                          "points",
                          list(
                              list(
                                  whole(
                                      "time in milliseconds, minimum, maximum, last, count",
                                      0,
                                      Long.MAX_VALUE),
                                  5),
                              HistoryReader.BUCKETS_MAX))),
                  HistoryReader.SERIES_MAX)));

  private final HistorySource source;
  private final Workers workers;
  private final Permit permit;

  SeriesApi(HistorySource source, Workers workers, Permit permit) {
    this.source = source;
    this.workers = workers;
    this.permit = permit;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(Shapes.ROOT + "/series", "Tells the course of registers over a time.")
            .takes(REGISTERS, FROM, TO, POINTS)
            .gives(SERIES)
            .problems(403, 404, 503)
            .does(this::series));
  }

  private static int[] addresses(String text) {
    String[] parts = text.length() > REGISTERS_TEXT_MAX ? new String[0] : text.split(",", -1);
    if (parts.length < 1 || parts.length > HistoryReader.SERIES_MAX) {
      throw new IllegalArgumentException(
          "must be 1 to %d different ones, as in 0FAC0B,0FAC05"
              .formatted(HistoryReader.SERIES_MAX));
    }
    int[] addresses = Arrays.stream(parts).mapToInt(each -> Ids.parse(each, 6)).toArray();
    if (IntStream.of(addresses).distinct().count() != addresses.length) {
      throw new IllegalArgumentException("names a register twice: name it once");
    }
    return addresses;
  }

  private void series(Call call) {
    HistoryApi.requireHistory(source);
    int[] addresses = call.get(REGISTERS);
    IntStream.of(addresses).forEach(each -> permit.requireReadable(call, each));
    long from = call.get(FROM);
    long to = call.get(TO);
    if (from >= to) {
      throw Problem.badRequest("to must be later than from").exception();
    }
    int points = call.get(POINTS).intValue();
    workers.answer(
        call,
        () ->
            new JsonObject()
                .put("fromMillis", from)
                .put("toMillis", to)
                .put("series", json(source.reader().series(addresses, from, to, points))));
  }

  private static JsonArray json(List<Series> all) {
    JsonArray list = new JsonArray();
    for (Series each : all) {
      RegisterId id = RegisterId.ofAddress(each.address());
      JsonArray points = new JsonArray();
      each.points()
          .forEach(
              point ->
                  points.add(
                      JsonArray.of(
                          point.timeMillis(),
                          point.minimum(),
                          point.maximum(),
                          point.last(),
                          point.count())));
      list.add(
          new JsonObject()
              .put("device", Ids.device(id.device()))
              .put("register", Ids.register(id.register()))
              .put("before", Past.value(each.before()))
              .put("beforeKnown", each.before().isKnown())
              .put("exact", each.exact())
              .put("points", points));
    }
    return list;
  }
}
