package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server under load, again and again: every acknowledged write is there afterwards, and
 * nothing is there that nobody sent.
 */
@Timeout(120)
class CrashTest {

  private static final int CLIENTS = 8;
  private static final int REGISTERS = 32;
  private static final int PIPELINED = 16;
  private static final int ROUNDS = 3;

  /** Client {@code c} writes to device {@code 0x1000 + c} only, growing values. */
  private final AtomicIntegerArray sent = new AtomicIntegerArray(CLIENTS * REGISTERS);

  private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(CLIENTS * REGISTERS);

  @TempDir private Path directory;

  @Test
  void shouldKeepEveryAcknowledgedWriteThroughKills() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      try (WwepProcess server = WwepProcess.serve(directory, "--quiet")) {
        check(server.plainPort());
        List<Thread> clients = startClients(server.plainPort(), seed + round);
        Thread.sleep(300 + random.nextInt(700)); // The moment of the kill is what is varied.
        server.kill();
        for (Thread client : clients) {
          client.join();
        }
      }
      assertThat(total(acknowledged)).as("acknowledged writes").isPositive();
    }
    try (WwepProcess server = WwepProcess.serve(directory, "--quiet")) {
      check(server.plainPort());
      server.terminate();
      assertThat(server.awaitExit()).isZero();
    }
    checkFile();
  }

  private List<Thread> startClients(int port, long seed) {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      Thread thread = new Thread(() -> writeUntilKilled(client, port, new Random(seed + client)));
      thread.start();
      clients.add(thread);
    }
    return clients;
  }

  private void writeUntilKilled(int client, int port, Random random) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      int[] slots = new int[PIPELINED];
      while (true) {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < PIPELINED; i++) {
          slots[i] = client * REGISTERS + random.nextInt(REGISTERS);
          int value = sent.incrementAndGet(slots[i]);
          requests.append("W%s%04X".formatted(register(slots[i]), value));
        }
        socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
        for (int slot : slots) {
          acknowledge(slot, socket.getInputStream());
        }
      }
    } catch (IOException killed) {
      // What is not acknowledged by now may be there or not.
    }
  }

  private void acknowledge(int slot, InputStream replies) throws IOException {
    String reply = new String(replies.readNBytes(11), StandardCharsets.US_ASCII);
    if (reply.length() < 11) {
      throw new IOException("killed");
    }
    assertThat(reply).startsWith("A" + register(slot));
    acknowledged.set(slot, Integer.parseInt(reply.substring(7), 16));
  }

  private static String register(int slot) {
    return "%04X%02X".formatted(0x1000 + slot / REGISTERS, slot % REGISTERS);
  }

  private static long total(AtomicIntegerArray counts) {
    long total = 0;
    for (int i = 0; i < counts.length(); i++) {
      total += counts.get(i);
    }
    return total;
  }

  /** Each register holds what was acknowledged last, or something that was sent after it. */
  private void check(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      for (int slot = 0; slot < sent.length(); slot++) {
        socket.getOutputStream().write(("R" + register(slot)).getBytes(StandardCharsets.US_ASCII));
        int first = socket.getInputStream().read();
        int value = 0;
        if (first == 'A') {
          String rest =
              new String(socket.getInputStream().readNBytes(10), StandardCharsets.US_ASCII);
          value = Integer.parseInt(rest.substring(6), 16);
        }
        assertThat(value)
            .as("register %s", register(slot))
            .isBetween(acknowledged.get(slot), sent.get(slot));
        // From now on this is the register's value, acknowledged or not.
        acknowledged.set(slot, value);
      }
    }
  }

  private void checkFile() throws Exception {
    Path file = directory.resolve("wwep-data").resolve("wwep.db");
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet check = database.createStatement().executeQuery("PRAGMA integrity_check")) {
      check.next();
      assertThat(check.getString(1)).isEqualTo("ok");
    }
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet rows =
            database
                .createStatement()
                .executeQuery("SELECT device, register, value FROM registers")) {
      int found = 0;
      while (rows.next()) {
        int client = Integer.parseInt(rows.getString(1), 16) - 0x1000;
        int slot = client * REGISTERS + Integer.parseInt(rows.getString(2), 16);
        assertThat(Integer.parseInt(rows.getString(3), 16)).isEqualTo(acknowledged.get(slot));
        found++;
      }
      assertThat(found).isPositive();
    }
  }
}
