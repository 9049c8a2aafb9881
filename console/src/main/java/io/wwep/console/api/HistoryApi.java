package io.wwep.console.api;

import static io.wwep.console.rest.Schema.count;
import static io.wwep.console.rest.Schema.flag;
import static io.wwep.console.rest.Schema.member;
import static io.wwep.console.rest.Schema.nullable;
import static io.wwep.console.rest.Schema.object;
import static io.wwep.console.rest.Schema.text;
import static io.wwep.console.rest.Schema.whole;
import static io.wwep.console.rest.Schema.words;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.http.Problem;
import io.wwep.console.http.Visitor;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.Paths;
import io.wwep.console.rest.Schema;
import io.wwep.console.rest.Times;
import io.wwep.protocol.RegisterId;
import io.wwep.store.sqlite.AddressRange;
import io.wwep.store.sqlite.HistoryEntry;
import io.wwep.store.sqlite.HistoryOrder;
import io.wwep.store.sqlite.HistoryReader;
import io.wwep.store.sqlite.HistorySpan;
import java.util.List;
import java.util.function.UnaryOperator;

/** Who wrote what when. */
final class HistoryApi {

  static final String CSV = "text/csv";

  private static final Parameter<Long> LIMIT =
      Parameter.number("limit", "how many at most", 1, HistoryReader.LIMIT_MAX, 50L);

  private static final Parameter<Long> BEFORE =
      Parameter.number(
          "before", "only writes with smaller numbers", 1, Shapes.NUMBER_MAX, Shapes.NUMBER_MAX);

  private static final Parameter<Long> SINCE =
      Shapes.time("since", "only writes from this moment on");

  private static final Parameter<Long> UNTIL =
      Shapes.time("until", "only writes up to this moment");

  private static final Schema PLACE =
      nullable(
          object(
              member("number", whole("of the write", 1, Long.MAX_VALUE)),
              member("time", Shapes.TIME)));

  private static final Schema SPAN =
      object(
          "History",
          member("first", PLACE),
          member("last", PLACE),
          member("pruned", count("older writes, which are known no more")),
          member("kept", flag("whether there is a history")));

  private static final Schema WRITES =
      Shapes.page(
          "HistoryPage",
          "writes",
          object(
              "HistoryWrite",
              member("number", whole("grows by one with each write", 1, Long.MAX_VALUE)),
              member("time", Shapes.TIME),
              member("device", Shapes.DEVICE_ID),
              member("register", Shapes.REGISTER),
              member("value", Shapes.VALUE),
              member("hex", Shapes.HEX),
              member("peer", text("address of who wrote")),
              member("door", words("plain", "tls", "console"))),
          HistoryReader.LIMIT_MAX);

  private final HistorySource source;
  private final Workers workers;
  private final Permit permit;

  HistoryApi(HistorySource source, Workers workers, Permit permit) {
    this.source = source;
    this.workers = workers;
    this.permit = permit;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(Shapes.ROOT + "/history", "Tells how far the history goes back.")
            .gives(SPAN)
            .problems(503)
            .does(this::span),
        Endpoint.get(Shapes.DEVICE_PATH + "/history", "Lists writes to a device, newest first.")
            .takes(Shapes.DEVICE, LIMIT, BEFORE, SINCE, UNTIL)
            .gives(WRITES)
            .givesToo(CSV, "The same as CSV; the header Link has the path of the next page.")
            .problems(404, 503)
            .does(call -> writes(call, AddressRange.ofDevice(call.get(Shapes.DEVICE)))),
        Endpoint.get(Shapes.REGISTER_PATH + "/history", "Lists writes to a register, newest first.")
            .takes(Shapes.DEVICE, Shapes.REGISTER_OF_PATH, LIMIT, BEFORE, SINCE, UNTIL)
            .gives(WRITES)
            .givesToo(CSV, "The same as CSV; the header Link has the path of the next page.")
            .problems(403, 404, 503)
            .does(this::writesOfRegister));
  }

  /** There is nothing to look into where nothing is kept. */
  static void requireHistory(HistorySource source) {
    if (!source.isThere()) {
      throw Problem.noHistory(
              "this server keeps its registers in memory, without a history: start it without --store memory:")
          .exception();
    }
  }

  private void span(Call call) {
    if (!source.isThere()) {
      call.reply(
          new JsonObject()
              .put("first", null)
              .put("last", null)
              .put("pruned", 0)
              .put("kept", false));
      return;
    }
    workers.answer(call, () -> json(source.reader().span()));
  }

  private static JsonObject json(HistorySpan span) {
    boolean empty = span.isEmpty();
    return new JsonObject()
        .put("first", empty ? null : place(span.firstNumber(), span.firstTimeMillis()))
        .put("last", empty ? null : place(span.lastNumber(), span.lastTimeMillis()))
        .put("pruned", span.firstNumber() - 1)
        .put("kept", true);
  }

  private static JsonObject place(long number, long timeMillis) {
    return new JsonObject().put("number", number).put("time", Times.text(timeMillis));
  }

  private void writesOfRegister(Call call) {
    int address =
        new RegisterId(call.get(Shapes.DEVICE), call.get(Shapes.REGISTER_OF_PATH)).address();
    permit.requireReadable(call, address);
    writes(call, AddressRange.of(address));
  }

  private void writes(Call call, AddressRange registers) {
    requireHistory(source);
    int limit = call.get(LIMIT).intValue();
    long before = call.get(BEFORE);
    Long since = call.get(SINCE);
    Long until = call.get(UNTIL);
    Visitor visitor = call.visitor();
    String type = call.type();
    UnaryOperator<String> nextPath = Paths.next(call, BEFORE);
    workers.run(
        call,
        () -> {
          HistoryReader reader = source.reader();
          long after = since == null || since == 0 ? 0 : reader.numberAt(since - 1);
          long end = until == null ? before : Math.min(before, reader.numberAt(until) + 1);
          List<HistoryEntry> writes =
              reader.writes(registers, after, end, limit, HistoryOrder.NEWEST_FIRST);
          String next =
              writes.size() < limit
                  ? null
                  : nextPath.apply(Long.toString(writes.get(limit - 1).number()));
          return page(shown(writes, visitor), next, type);
        },
        page -> answer(call, page));
  }

  private List<HistoryEntry> shown(List<HistoryEntry> writes, Visitor visitor) {
    return writes.stream().filter(each -> permit.mayRead(visitor, each.address())).toList();
  }

  /**
   * A page as it is sent.
   *
   * @param next path of the next one; null where there is none
   */
  private record Page(String type, Buffer body, String next) {}

  private static Page page(List<HistoryEntry> writes, String next, String type) {
    if (type.equals(CSV)) {
      return new Page(CSV + "; charset=utf-8", Buffer.buffer(csv(writes)), next);
    }
    JsonArray list = new JsonArray();
    writes.forEach(each -> list.add(Past.json(each)));
    JsonObject json = new JsonObject().put("writes", list).put("next", next);
    return new Page(Endpoint.JSON, json.toBuffer(), next);
  }

  /** JSON has the path of the next page in itself. */
  private static void answer(Call call, Page page) {
    if (page.next != null && call.type().equals(CSV)) {
      call.context().response().putHeader("Link", "<%s>; rel=\"next\"".formatted(page.next));
    }
    call.reply(200, page.type, page.body);
  }

  private static String csv(List<HistoryEntry> writes) {
    StringBuilder csv = new StringBuilder("number,time,device,register,value,hex,peer,door\r\n");
    for (HistoryEntry each : writes) {
      RegisterId id = RegisterId.ofAddress(each.address());
      csv.append(
          "%d,%s,%s,%s,%d,%s,%s,%s\r\n"
              .formatted(
                  each.number(),
                  Times.text(each.timeMillis()),
                  Ids.device(id.device()),
                  Ids.register(id.register()),
                  each.value(),
                  Ids.value(each.value()),
                  Past.peer(each.origin()),
                  Past.door(each.origin())));
    }
    return csv.toString();
  }
}
