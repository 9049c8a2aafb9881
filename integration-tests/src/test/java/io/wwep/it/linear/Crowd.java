package io.wwep.it.linear;

import static org.awaitility.Awaitility.await;

import io.wwep.it.WwepProcess;
import io.wwep.it.linear.Lives.Life;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clients of one server, plain and TLS, that go on through all its lives. */
final class Crowd implements AutoCloseable {

  private static final int PLAIN_CLIENTS = 8;
  private static final int TLS_CLIENTS = 4;

  /** Most requests that wait for their replies at a time. */
  static final int UNDER_WAY_MAX = (PLAIN_CLIENTS + TLS_CLIENTS) * Client.PIPELINED_MAX;

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final Lives lives = new Lives();
  private final Registers registers = new Registers();
  private final List<Client> clients = new ArrayList<>();
  private final List<Future<?>> runs = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Reads all registers, those too that the others are done with. */
  private final Client auditor = new Client(lives, false);

  Crowd(long seed) {
    for (int i = 0; i < PLAIN_CLIENTS + TLS_CLIENTS; i++) {
      Client client = new Client(lives, i >= PLAIN_CLIENTS);
      Random random = new Random(seed + i);
      clients.add(client);
      runs.add(threads.submit(() -> run(client, random)));
    }
  }

  private Void run(Client client, Random random) throws InterruptedException {
    client.run(registers, random);
    return null;
  }

  /** Lets the clients loose on a server until they have noted so many operations more. */
  void use(int plainPort, int tlsPort, int operations) throws IOException, InterruptedException {
    long enough = count() + operations;
    Life life = lives.begin(plainPort, tlsPort);
    auditor.readAll(registers.used(), life);
    await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(1)).until(() -> hasEnough(enough));
  }

  private boolean hasEnough(long enough) throws ExecutionException, InterruptedException {
    for (Future<?> run : runs) {
      if (run.isDone()) {
        run.get();
      }
    }
    return count() >= enough;
  }

  private long count() {
    return clients.stream().mapToLong(Client::count).sum();
  }

  /** Kills the server under the clients' hands. */
  void kill(WwepProcess server) throws InterruptedException {
    lives.expectEnd();
    server.kill();
    lives.end();
  }

  /** Lets the clients come to an end, reads all registers once more, and returns the history. */
  History finish() throws IOException, InterruptedException, ExecutionException, TimeoutException {
    Life last = lives.finish();
    for (Future<?> run : runs) {
      run.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
    auditor.readAll(registers.used(), last);
    List<Operation> history = new ArrayList<>(auditor.noted());
    clients.forEach(client -> history.addAll(client.noted()));
    return new History(history);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
