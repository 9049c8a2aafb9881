package io.wwep.console.api;

import io.wwep.console.http.Problem;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Parameter;
import io.wwep.store.sqlite.HistoryReader;
import io.wwep.store.sqlite.HistorySpan;

/** A moment as it is asked for: by time, by number, or now. */
record Moment(Long timeMillis, Long number) {

  static Moment of(Call call, Parameter<Long> time, Parameter<Long> number) {
    if (call.get(time) != null && call.get(number) != null) {
      throw Problem.badRequest(
              "%s and %s are two moments: give one".formatted(time.name(), number.name()))
          .exception();
    }
    return new Moment(call.get(time), call.get(number));
  }

  boolean isNow() {
    return timeMillis == null && number == null;
  }

  long find(HistoryReader reader, HistorySpan span) {
    long found =
        isNow() ? span.lastNumber() : number != null ? number : reader.numberAt(timeMillis);
    return Math.min(found, span.lastNumber());
  }
}
