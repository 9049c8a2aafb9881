package io.wwep.it.page;

import io.wwep.it.WwepProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a class of boards does in an hour, told in a second by a server whose clock is turned: most
 * work, one is stuck, two share an ID.
 */
final class ClassTraffic {

  private static final int MINUTES = 60;
  private static final int MEASURING = 12;
  private static final int SWITCHING = 21;

  private final WwepProcess server;
  private final Path clock;
  private int measured;

  /**
   * @param clock the file that tells the server's clock by how many seconds it is to be wrong
   */
  ClassTraffic(WwepProcess server, Path clock) {
    this.server = server;
    this.clock = clock;
  }

  private Board board(int number) {
    return new Board(server, number);
  }

  /** Has all of it happen, up to now. */
  void happen() throws IOException {
    for (int minute = 0; minute < MINUTES; minute++) {
      setClock(clock, (minute - MINUTES) * 60L);
      measure();
      if (minute % 9 == 4) {
        board(SWITCHING).says("W0FA105000%d".formatted(minute / 9 % 2));
      }
    }
    setClock(clock, 0);
    goWrong();
    goWell();
  }

  /** Turns the clock at one stroke: a process must not read half a number. */
  static void setClock(Path clock, long seconds) throws IOException {
    Path next = clock.resolveSibling("clock.next");
    Files.writeString(next, Long.toString(seconds));
    Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE);
  }

  private void goWrong() {
    board(23).says("W0FA3050000");
    board(23).says("w0FA3050001");
    board(27).refusesTheCertificate();
    board(28).says("hello");
    board(25).says("W0FA5050001");
    board(26).says("W0FA5050000");
    board(25).says("W0FA5050001");
    board(24).says("W0FAC0B1234\0");
    board(24).says("W0FAC0B1234\0");
  }

  private void goWell() {
    board(SWITCHING).says("W0FA1050001");
    board(22).saysByTls("W0FA2050001");
    board(22).saysByTls("R0FA205");
    board(24).says("W0FAC0B1234\0");
    measure();
    board(22).saysByTls("W0FA20B0040");
    board(MEASURING).says("R0FA40B");
  }

  /** A board that measures: its values go up and down. */
  void measure() {
    int step = measured++;
    int value = 0x0400 + (int) Math.round(300 * Math.sin(step / 6.0)) + step % 3 * 9;
    board(MEASURING).says("W0FA40B%04X".formatted(value));
    board(MEASURING).says("W0FA40C%04X".formatted(0x0200 + step * 8));
  }
}
