package io.wwep.it.power;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Reads registers of the boards while they write, and keeps what it saw: no power loss may take a
 * value that somebody has seen.
 */
final class Watcher {

  /** What a read returned, and when. */
  record Sight(int address, int value, long nanos) {}

  private static final int PIPELINED = 32;

  private final List<Board> boards;
  private final Random random;
  private final List<Sight> sights = Collections.synchronizedList(new ArrayList<>());

  Watcher(List<Board> boards, long seed) {
    this.boards = boards;
    random = new Random(seed);
  }

  /** Reads as long as the load runs, or until the server has gone. */
  void read(int port, BooleanSupplier running) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      while (running.getAsBoolean()) {
        int[] addresses = new int[PIPELINED];
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < PIPELINED; i++) {
          Board.Habits habits = boards.get(random.nextInt(boards.size())).habits();
          addresses[i] = habits.firstAddress() + random.nextInt(habits.registers());
          requests.append("R%06X".formatted(addresses[i]));
        }
        socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
        for (int address : addresses) {
          see(address, socket.getInputStream());
        }
      }
    } catch (IOException gone) {
      // What was seen is noted.
    }
  }

  private void see(int address, InputStream replies) throws IOException {
    int first = replies.read();
    if (first == 'A') {
      String rest = new String(replies.readNBytes(10), StandardCharsets.US_ASCII);
      if (rest.length() == 10) {
        sights.add(new Sight(address, Integer.parseInt(rest.substring(6), 16), System.nanoTime()));
      }
    } else if (first < 0) {
      throw new IOException("the server has gone");
    }
  }

  /** Whether a register was seen with this value. */
  boolean hasSeen(int address, int value) {
    synchronized (sights) {
      return sights.stream().anyMatch(sight -> sight.address == address && sight.value == value);
    }
  }

  /** Returns what was seen, in the order of time. */
  List<Sight> sights() {
    return sights;
  }
}
