package io.wwep.console.api;

import static io.wwep.console.rest.Schema.count;
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
import io.wwep.console.http.Visitor;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.Paths;
import io.wwep.console.rest.Schema;
import io.wwep.console.rest.Times;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Wwep;
import io.wwep.store.sqlite.AddressRange;
import io.wwep.store.sqlite.HistoryEntry;
import io.wwep.store.sqlite.HistoryOrder;
import io.wwep.store.sqlite.HistoryReader;
import io.wwep.store.sqlite.HistorySpan;
import io.wwep.store.sqlite.RegisterChange;
import io.wwep.store.sqlite.RegisterPage;
import io.wwep.store.sqlite.RegisterState;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** What registers were at a moment of the past, and what became of them since. */
final class PastApi {

  private static final Parameter<Long> AT =
      Shapes.time("at", "the moment; or give number, or neither for now");

  private static final Parameter<Long> NUMBER =
      number("number", "the write behind which the moment is");

  private static final Parameter<Long> FROM =
      Shapes.time("from", "the first moment; or give fromNumber");

  private static final Parameter<Long> FROM_NUMBER =
      number("fromNumber", "the write behind which the first moment is");

  private static final Parameter<Long> TO =
      Shapes.time("to", "the second moment; or give toNumber, or neither for now");

  private static final Parameter<Long> TO_NUMBER =
      number("toNumber", "the write behind which the second moment is");

  private static final Parameter<Integer> DEVICE =
      Parameter.query(
          "device", "only its registers", Shapes.DEVICE_ID, text -> Ids.parse(text, 4), null);

  private static final Parameter<Integer> AFTER =
      Parameter.query(
          "after",
          "only registers behind this one, device and register",
          text("6 hex digits", "[0-9A-Fa-f]{6}"),
          text -> Ids.parse(text, 6),
          null);

  private static final Parameter<Long> LIMIT =
      Parameter.number("limit", "how many at most", 1, HistoryReader.LIMIT_MAX, 1_000L);

  private static final Schema STATE =
      object(
          "State",
          member("number", count("of the last write before the moment; 0 for none")),
          member("time", nullable(Shapes.TIME)),
          member(
              "registers",
              list(
                  object(
                      "PastRegister",
                      member("device", Shapes.DEVICE_ID),
                      member("register", Shapes.REGISTER),
                      member("value", nullable(Shapes.VALUE)),
                      member("hex", nullable(Shapes.HEX)),
                      member("number", nullable(count("of the write"))),
                      member("time", nullable(Shapes.TIME)),
                      member("peer", nullable(text("who wrote"))),
                      member("known", flag("false where the history does not go back so far"))),
                  HistoryReader.LIMIT_MAX)),
          member("next", Shapes.NEXT));

  private static final Schema CHANGES =
      Shapes.page(
          "Changes",
          "changes",
          object(
              "Change",
              member("device", Shapes.DEVICE_ID),
              member("register", Shapes.REGISTER),
              member("before", nullable(Shapes.VALUE)),
              member("beforeKnown", flag("false where the history does not go back so far")),
              member("after", nullable(Shapes.VALUE)),
              member("writes", whole("how many there were", 1, Long.MAX_VALUE))),
          HistoryReader.LIMIT_MAX);

  private final HistorySource source;
  private final Workers workers;
  private final Permit permit;

  PastApi(HistorySource source, Workers workers, Permit permit) {
    this.source = source;
    this.workers = workers;
    this.permit = permit;
  }

  private static Parameter<Long> number(String name, String about) {
    return Parameter.number(name, about, 0, Shapes.NUMBER_MAX, null);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(Shapes.ROOT + "/state", "Tells what registers were at a moment.")
            .takes(AT, NUMBER, DEVICE, AFTER, LIMIT)
            .gives(STATE)
            .problems(404, 503)
            .does(this::state),
        Endpoint.get(Shapes.ROOT + "/changes", "Tells which registers were written in between.")
            .takes(FROM, FROM_NUMBER, TO, TO_NUMBER, DEVICE, AFTER, LIMIT)
            .gives(CHANGES)
            .problems(404, 503)
            .does(this::changes));
  }

  /**
   * What is asked for besides the moments.
   *
   * @param registers null where none is left
   * @param nextPath makes the path of the next page, but for the moments
   */
  private record Question(
      AddressRange registers, int limit, Visitor visitor, UnaryOperator<String> nextPath) {

    static Question of(Call call) {
      return new Question(
          registers(call),
          call.get(LIMIT).intValue(),
          call.visitor(),
          Paths.next(call, AFTER, AT, NUMBER, FROM, FROM_NUMBER, TO, TO_NUMBER));
    }

    private static AddressRange registers(Call call) {
      Integer device = call.get(DEVICE);
      AddressRange all = device == null ? AddressRange.ALL : AddressRange.ofDevice(device);
      int first =
          call.get(AFTER) == null ? all.first() : Math.max(all.first(), call.get(AFTER) + 1);
      return first > all.last() ? null : new AddressRange(first, all.last());
    }

    /**
     * Returns the path of the next page; null where there is none.
     *
     * @param moments as numbers: its pages are of one state, whatever is written meanwhile
     */
    String next(RegisterPage<?> page, String moments) {
      int next = page.next().orElse(0);
      if (next == 0 || next >= Wwep.REGISTER_COUNT) {
        return null;
      }
      return nextPath.apply(RegisterId.ofAddress(next - 1).toString()) + moments;
    }
  }

  private static <T> RegisterPage<T> end() {
    return new RegisterPage<>(List.of(), OptionalInt.empty());
  }

  private void state(Call call) {
    HistoryApi.requireHistory(source);
    Moment moment = Moment.of(call, AT, NUMBER);
    Question question = Question.of(call);
    workers.answer(call, () -> state(moment, question));
  }

  private JsonObject state(Moment moment, Question question) {
    HistoryReader reader = source.reader();
    long number = moment.find(reader, reader.span());
    Long timeMillis = timeOf(reader, number);
    RegisterPage<RegisterState> page =
        question.registers == null
            ? end()
            : reader.stateAt(number, question.registers, question.limit);
    JsonArray registers = new JsonArray();
    page.items().stream()
        .filter(each -> permit.mayRead(question.visitor, each.address()))
        .forEach(each -> registers.add(json(each)));
    return new JsonObject()
        .put("number", number)
        .put("time", timeMillis == null ? null : Times.text(timeMillis))
        .put("registers", registers)
        .put("next", question.next(page, "&number=" + number));
  }

  private static Long timeOf(HistoryReader reader, long number) {
    if (number == 0) {
      return null;
    }
    List<HistoryEntry> write =
        reader.writes(AddressRange.ALL, number - 1, number + 1, 1, HistoryOrder.OLDEST_FIRST);
    return write.isEmpty() ? null : (Long) write.get(0).timeMillis();
  }

  private static JsonObject json(RegisterState state) {
    RegisterId id = RegisterId.ofAddress(state.address());
    Integer value = Past.value(state);
    JsonObject json =
        new JsonObject()
            .put("device", Ids.device(id.device()))
            .put("register", Ids.register(id.register()))
            .put("value", value)
            .put("hex", value == null ? null : Ids.value(value))
            .put("number", null)
            .put("time", null)
            .put("peer", null)
            .put("known", state.isKnown());
    if (state instanceof RegisterState.Written written) {
      json.put("number", written.write().number())
          .put("time", Times.text(written.write().timeMillis()))
          .put("peer", Past.peer(written.write().origin()));
    } else if (state instanceof RegisterState.Pruned pruned) {
      json.put("time", Times.text(pruned.register().timeMillis()));
    }
    return json;
  }

  private void changes(Call call) {
    HistoryApi.requireHistory(source);
    Moment from = Moment.of(call, FROM, FROM_NUMBER);
    Moment to = Moment.of(call, TO, TO_NUMBER);
    if (from.isNow()) {
      throw Problem.badRequest("from is missing: give it or fromNumber").exception();
    }
    Question question = Question.of(call);
    workers.answer(call, () -> changes(from, to, question));
  }

  private JsonObject changes(Moment from, Moment to, Question question) {
    HistoryReader reader = source.reader();
    HistorySpan span = reader.span();
    long first = from.find(reader, span);
    long last = to.find(reader, span);
    RegisterPage<RegisterChange> page =
        question.registers == null || first >= last
            ? end()
            : reader.changes(first, last, question.registers, question.limit);
    JsonArray changes = new JsonArray();
    page.items().stream()
        .filter(each -> permit.mayRead(question.visitor, each.after().address()))
        .forEach(each -> changes.add(json(each)));
    return new JsonObject()
        .put("changes", changes)
        .put("next", question.next(page, "&fromNumber=%d&toNumber=%d".formatted(first, last)));
  }

  private static JsonObject json(RegisterChange change) {
    RegisterId id = RegisterId.ofAddress(change.after().address());
    return new JsonObject()
        .put("device", Ids.device(id.device()))
        .put("register", Ids.register(id.register()))
        .put("before", Past.value(change.before()))
        .put("beforeKnown", change.before().isKnown())
        .put("after", change.after().value())
        .put("writes", change.writes());
  }
}
