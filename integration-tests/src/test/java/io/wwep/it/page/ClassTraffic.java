package io.wwep.it.page;

import io.wwep.it.WwepProcess;
import java.util.stream.IntStream;

/** What a class of seven boards does in an afternoon: most work, one is stuck, two share an ID. */
final class ClassTraffic {

  private static final int STUCK = 24;
  private static final int MEASURING = 12;

  private final WwepProcess server;

  ClassTraffic(WwepProcess server) {
    this.server = server;
  }

  private Board board(int number) {
    return new Board(server, number);
  }

  /** Has all of it happen. */
  void happen() {
    IntStream.range(0, 40).forEach(this::measure);
    board(21).says("W0FA105%04X".formatted(1));
    board(22).saysByTls("W0FA2050001");
    board(22).saysByTls("R0FA205");
    board(23).says("W0FA3050000");
    board(23).says("w0FA3050001");
    board(25).says("W0FA5050001");
    board(26).says("W0FA5050000");
    board(25).says("W0FA5050001");
    board(27).refusesTheCertificate();
    board(28).says("hello");
    IntStream.range(0, 3).forEach(i -> board(STUCK).says("W0FAC0B1234\0"));
    board(21).says("W0FA1050000");
    board(22).saysByTls("W0FA20B00%02X".formatted(0x40));
    board(21).says("W0FA1050001");
    board(MEASURING).says("R0FA40B");
  }

  /** A board that measures: its value goes up and down. */
  private void measure(int i) {
    int value = 0x0400 + (int) Math.round(300 * Math.sin(i / 6.0)) + i % 3 * 9;
    board(MEASURING).says("W0FA40B%04X".formatted(value));
    board(MEASURING).says("W0FA40C%04X".formatted(0x0200 + i * 8));
  }
}
