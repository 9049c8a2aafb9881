package io.wwep.console.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.wwep.console.http.Problem;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Ids;
import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Rejection;
import io.wwep.protocol.Request;
import io.wwep.server.Desk;
import io.wwep.server.Outcome;
import io.wwep.server.ServerException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Writes of visitors, by the rules of the server's ports. Used by the HTTP event loop alone. */
final class Writes {

  private final Desk desk;

  Writes(Desk desk) {
    this.desk = desk;
  }

  /**
   * Performs writes, all or none.
   *
   * @param expected what registers must have; see {@link Desk#perform}
   * @param done goes on once they are durable
   */
  void perform(
      Call call, List<Request> writes, Map<RegisterId, OptionalInt> expected, Runnable done) {
    perform(call, writes, expected, done, conflict -> call.fail(problem(conflict)));
  }

  /**
   * As above.
   *
   * @param otherwise goes on where a register is not as expected, and so nothing was written
   */
  void perform(
      Call call,
      List<Request> writes,
      Map<RegisterId, OptionalInt> expected,
      Runnable done,
      Consumer<Outcome.Conflict> otherwise) {
    Context here = Vertx.currentContext();
    Future.fromCompletionStage(
            desk.perform(call.visitor().address(), call.visitor().secure(), writes, expected), here)
        .map(
            outcomes -> {
              answer(call, outcomes, done, otherwise);
              return null;
            })
        .onFailure(
            failure -> {
              if (failure instanceof ServerException) {
                call.fail(Problem.busy(failure.getMessage()));
              } else {
                call.fail(failure);
              }
            });
  }

  private static void answer(
      Call call, List<Outcome> outcomes, Runnable done, Consumer<Outcome.Conflict> otherwise) {
    for (Outcome each : outcomes) {
      if (each instanceof Outcome.Conflict conflict) {
        otherwise.accept(conflict);
        return;
      }
      if (each instanceof Outcome.Rejected rejected) {
        call.fail(problem(rejected.why()));
        return;
      }
    }
    done.run();
  }

  private static Problem problem(Outcome.Conflict conflict) {
    OptionalInt found = conflict.found();
    return Problem.preconditionFailed(
            conflict.sentence(), found.isPresent() ? found.getAsInt() : null)
        .with("register", Ids.register(conflict.id().register()));
  }

  private static Problem problem(Rejection why) {
    return switch (why.code()) {
      case DENIED -> Problem.denied(why.sentence());
      case LIMITED -> Problem.limited(why.sentence(), 1);
      default -> Problem.storage(why.sentence());
    };
  }
}
