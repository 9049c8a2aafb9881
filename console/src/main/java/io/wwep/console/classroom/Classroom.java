package io.wwep.console.classroom;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.wwep.console.feed.BoardWitness;
import io.wwep.console.feed.LiveFeed;
import io.wwep.console.rest.Endpoint;
import io.wwep.server.WwepServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A class of boards: follows each through the exercises, knows their names, probes them, and keeps
 * all that over restarts.
 *
 * <p>Any thread. What happens is told on {@code wwep-events}; the file is written on {@code
 * wwep-class-0}, at most every two seconds, and when this is closed. A disk that hangs holds up
 * nothing else.
 */
public final class Classroom implements AutoCloseable {

  private static final long KEEP_MILLIS = 2_000;

  /** Name of the thread that waits for the disk. */
  private static final String WRITER = "wwep-class";

  private final Vertx vertx;
  private final WwepServer server;
  private final WorkerExecutor worker;
  private final WorkerExecutor writer;
  private final AtomicBoolean writing = new AtomicBoolean();
  private final Roll roll = new Roll();
  private final Keeper keeper;
  private final long timer;

  /**
   * Takes over what was kept; a file that cannot be used is told of, and fails nothing.
   *
   * @param vertx has the event loop of HTTP
   * @param database beside which the class is kept; null where it ends with the process
   */
  public Classroom(Vertx vertx, WwepServer server, Path database) {
    this.vertx = vertx;
    this.server = server;
    worker = vertx.createSharedWorkerExecutor(LiveFeed.WORKER, 1);
    writer = vertx.createSharedWorkerExecutor(WRITER, 1);
    keeper =
        database == null
            ? Keeper.ofNothing(roll)
            : Keeper.of(roll, new ClassFile(database), server.feed()::tell);
    timer = vertx.setPeriodic(KEEP_MILLIS, tick -> keepSoon());
  }

  /** What comes while the disk is still at it is kept the next time. */
  private void keepSoon() {
    if (writing.compareAndSet(false, true)) {
      writer
          .executeBlocking(this::keep, /* ordered= */ false)
          .onComplete(done -> writing.set(false));
    }
  }

  private Void keep() {
    keeper.keep();
    return null;
  }

  /** Returns who is to be told what happens to boards. */
  public BoardWitness witness() {
    return roll;
  }

  /** Returns why the class is not kept, with the cure; null where it is, or is not to be. */
  public String trouble() {
    return keeper.trouble();
  }

  /**
   * Returns its endpoints.
   *
   * @param feed tells what boards are stuck at
   */
  public List<Endpoint> endpoints(LiveFeed feed) {
    InstantSource clock = InstantSource.system();
    ProbeDesk probes = new ProbeDesk(server, worker, roll, clock);
    return new ClassApi(roll, keeper, probes, feed, clock, worker).endpoints();
  }

  /** Writes down what has changed. Waits for the disk. */
  @Override
  public void close() {
    vertx.cancelTimer(timer);
    keeper.keep();
  }
}
