package io.wwep.console.classroom;

import io.vertx.core.WorkerExecutor;
import io.wwep.console.http.Problem;
import io.wwep.console.http.ProblemException;
import io.wwep.console.rest.Ids;
import io.wwep.server.Probe;
import io.wwep.server.Probes;
import io.wwep.server.ServerConfig;
import io.wwep.server.ServerException;
import io.wwep.server.WwepServer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Has boards probed, one probe for each at a time. Used by the HTTP event loop; results come on the
 * server's threads.
 */
final class ProbeDesk {

  private final WwepServer server;
  private final WorkerExecutor worker;
  private final Roll roll;
  private final InstantSource clock;
  private final Map<Integer, Order> orders = new ConcurrentHashMap<>();

  /** A probe from the moment it is asked for: it can be called off while its keys are made, too. */
  private static final class Order {

    /** Null while its keys are made. */
    private Probe probe;

    private boolean calledOff;

    synchronized void begun(Probe begun) {
      probe = begun;
      if (calledOff) {
        probe.cancel();
      }
    }

    synchronized void callOff() {
      calledOff = true;
      if (probe != null) {
        probe.cancel();
      }
    }
  }

  /**
   * @param worker makes keys
   */
  ProbeDesk(WwepServer server, WorkerExecutor worker, Roll roll, InstantSource clock) {
    this.server = server;
    this.worker = worker;
    this.roll = roll;
    this.clock = clock;
  }

  /**
   * Begins a probe.
   *
   * @param given from where the device will come; null for where it came from last
   * @param force whether others that come from there may be met in its place
   * @param done told once it waits for the device, with null, or why it does not
   * @throws ProblemException when it cannot be
   */
  void start(int device, String given, boolean force, Consumer<Throwable> done) {
    if (server.tlsPort() == ServerConfig.NOT_SERVED) {
      throw Problem.notNow("there is no TLS port to probe at: start the server without --no-tls")
          .exception();
    }
    String address = given == null ? roll.addressOf(device) : inFigures(given);
    if (address == null) {
      throw Problem.notNow(
              "nobody knows where %s is, since it has not come yet: have it send a message first, or give its address"
                  .formatted(Ids.device(device)))
          .exception();
    }
    if (given == null && !force) {
      requireAlone(device, address);
    }
    if (roll.isProbed(device)) {
      throw Problem.notNow(
              "a probe of %s is under way: let it end, or call it off"
                  .formatted(Ids.device(device)))
          .exception();
    }
    roll.change(device, each -> each.probing(address));
    Order order = new Order();
    orders.put(device, order);
    worker
        .<Void>executeBlocking(
            () -> {
              begin(device, address, order);
              return null;
            })
        .onSuccess(begun -> done.accept(null))
        .onFailure(
            failure -> {
              orders.remove(device, order);
              roll.notProbed(device);
              done.accept(problem(failure));
            });
  }

  private static String inFigures(String given) {
    try {
      return Probes.requireAddress(given);
    } catch (IllegalArgumentException wrong) {
      throw Problem.badRequest(wrong.getMessage()).exception();
    }
  }

  /** Before the handshake a board is known by nothing but its address. */
  private void requireAlone(int device, String address) {
    List<String> others =
        roll.at(address, clock.instant()).stream()
            .filter(each -> !each.equals(Ids.device(device)))
            .toList();
    if (!others.isEmpty()) {
      throw Problem.notNow(
              "%s came from %s too, and a board is known before its handshake by its address alone, so one may be met for the other: let only %s connect now and use force, or give the address that it has to itself"
                  .formatted(String.join(", ", others), address, Ids.device(device)))
          .exception();
    }
  }

  private void begin(int device, String address, Order order) {
    Probe probe = server.probes().start(device, address, Probes.LIMIT);
    order.begun(probe);
    probe
        .result()
        .thenAccept(
            result -> {
              orders.remove(device, order);
              roll.probed(device, result);
            });
  }

  private static Throwable problem(Throwable failure) {
    if (failure instanceof IllegalArgumentException wrong) {
      return Problem.badRequest(wrong.getMessage()).exception();
    }
    return failure instanceof ServerException busy
        ? Problem.notNow(busy.getMessage()).exception()
        : failure;
  }

  /** Calls a probe off, also one whose keys are still made; returns whether there was one. */
  boolean cancel(int device) {
    Order order = orders.get(device);
    if (order == null) {
      return false;
    }
    order.callOff();
    return true;
  }
}
