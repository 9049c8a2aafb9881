package io.wwep.cli;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.ThreadExecutorMap;
import io.wwep.server.EventFeed;
import io.wwep.server.ServerConfig;
import io.wwep.server.ServerEvent;
import io.wwep.server.WwepServer;
import io.wwep.server.control.ControlSocket;
import io.wwep.store.Batch;
import io.wwep.store.ForwardingStore;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import io.wwep.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process with a server in which something fails at the first write to register FF of any device:
 * the process reports the ends of its threads as {@code wwep serve} does.
 */
final class FaultyServer {

  /** What fails, and how. */
  enum Fault {
    ERROR_ON_LOOP,
    STACK_OVERFLOW_ON_LOOP,
    OUT_OF_MEMORY_ON_LOOP,
    OUT_OF_BUFFERS_ON_LOOP,
    EXCEPTION_ON_LOOP,
    END_OF_LOOP,
    ERROR_ON_COMMIT_THREAD,
    EXCEPTION_ON_COMMIT_THREAD,
    EXCEPTION_ON_EVENTS_THREAD,
    EXCEPTION_ON_CONTROL_THREAD;

    void happen() {
      switch (this) {
        case ERROR_ON_LOOP, ERROR_ON_COMMIT_THREAD -> throw new AssertionError("planted");
        case STACK_OVERFLOW_ON_LOOP -> overflow(0);
        case OUT_OF_MEMORY_ON_LOOP -> throw new OutOfMemoryError("Java heap space");
        case OUT_OF_BUFFERS_ON_LOOP ->
            throw new OutOfMemoryError("Cannot reserve 4096 bytes of direct buffer memory");
        case END_OF_LOOP -> endLoop();
        default -> throw new IllegalStateException("planted");
      }
    }

    private static int overflow(int depth) {
      return depth == Integer.MAX_VALUE ? 0 : overflow(depth + 1) + depth;
    }

    private static void endLoop() {
      EventExecutor loop = ThreadExecutorMap.currentExecutor();
      Future<?> ended = loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
      ended.addListener(done -> System.out.println("the loop has ended"));
    }
  }

  private static final int TRIGGER_REGISTER = 0xFF;

  private FaultyServer() {}

  private static boolean isTrigger(int address) {
    return (address & 0xFF) == TRIGGER_REGISTER;
  }

  /** Runs in the child: with the fault's name and the data directory. */
  public static void main(String[] args) throws InterruptedException, IOException {
    QuietLogging.install();
    Main.reportEndsOfThreads(Console.ofProcess());
    Fault fault = Fault.valueOf(args[0]);
    Store store = storeWith(fault, Path.of(args[1]));
    WwepServer server =
        WwepServer.start(
            ServerConfig.onFreePorts().withPorts(0, ServerConfig.NOT_SERVED), store, null);
    server.feed().subscribe(new Watcher(fault));
    ControlSocket control = ControlSocket.open(Path.of(args[1]), () -> document(fault));
    System.out.println("  plain   port " + server.plainPort() + " on localhost");
    System.out.println("  data    there");
    Thread.sleep(60_000);
    control.close();
  }

  private static String document(Fault fault) {
    if (fault == Fault.EXCEPTION_ON_CONTROL_THREAD) {
      fault.happen();
    }
    return "{}";
  }

  private static Store storeWith(Fault fault, Path directory) {
    if (!fault.name().endsWith("COMMIT_THREAD")) {
      return new FailingStore(fault);
    }
    Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT);
    store.addListener(
        (sequence, time, address, value, origin) -> {
          if (isTrigger(address)) {
            fault.happen();
          }
        });
    return store;
  }

  /** Registers in memory; execute belongs to the event loop. */
  private static final class FailingStore extends ForwardingStore {

    private final Fault fault;

    FailingStore(Fault fault) {
      super(new MemoryStore());
      this.fault = fault;
    }

    @Override
    public void execute(Batch batch) {
      if (batch.writeCount() > 0
          && isTrigger(batch.address(0))
          && fault != Fault.EXCEPTION_ON_EVENTS_THREAD) {
        fault.happen();
      }
      super.execute(batch);
    }
  }

  /** Prints what is published, or fails at it. */
  private record Watcher(Fault fault) implements EventFeed.Listener {

    @Override
    public void event(ServerEvent event) {
      if (fault == Fault.EXCEPTION_ON_EVENTS_THREAD) {
        fault.happen();
      }
      System.out.println(event);
    }

    @Override
    public void dropped(long count) {
      System.out.println("dropped " + count);
    }
  }
}
