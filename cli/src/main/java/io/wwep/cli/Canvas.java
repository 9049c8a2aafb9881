package io.wwep.cli;

import java.util.Arrays;

/**
 * A field of characters to draw vertical bars in. A character has one column, or several that it
 * can show beside each other; levels count from the bottom.
 */
abstract class Canvas {

  private final int characters;
  private final int rows;

  private Canvas(int characters, int rows) {
    this.characters = characters;
    this.rows = rows;
  }

  /** Returns how many characters a row has. */
  final int characters() {
    return characters;
  }

  /** Returns how many columns there are. */
  int columns() {
    return characters;
  }

  /** Returns how many levels there are. */
  int levels() {
    return rows;
  }

  final int rows() {
    return rows;
  }

  /** Draws from one level up to another, both included. */
  abstract void bar(int column, int lowest, int highest);

  /** Returns a row of characters, 0 for the top. */
  abstract String row(int row);

  /** Returns what stands left of each row. */
  abstract String axis();

  /** Returns what stands below the axis and the rows. */
  abstract String corner();

  /** Two columns and four levels in each character: the dots of Braille. */
  static final class Braille extends Canvas {

    private static final int WIDTH = 2;
    private static final int HEIGHT = 4;
    private static final char BLANK = '\u2800';

    /** Which bit each dot is, by level from the bottom and column. */
    private static final int[][] DOTS = {
      {0x40, 0x80},
      {0x04, 0x20},
      {0x02, 0x10},
      {0x01, 0x08}
    };

    private final char[][] cells;

    Braille(int characters, int rows) {
      super(characters, rows);
      cells = new char[rows][characters];
      Arrays.stream(cells).forEach(row -> Arrays.fill(row, BLANK));
    }

    @Override
    int columns() {
      return super.columns() * WIDTH;
    }

    @Override
    int levels() {
      return super.levels() * HEIGHT;
    }

    @Override
    void bar(int column, int lowest, int highest) {
      for (int level = lowest; level <= highest; level++) {
        int row = rows() - 1 - level / HEIGHT;
        cells[row][column / WIDTH] |= (char) DOTS[level % HEIGHT][column % WIDTH];
      }
    }

    @Override
    String row(int row) {
      return new String(cells[row]).replace(BLANK, ' ');
    }

    @Override
    String axis() {
      return "│";
    }

    @Override
    String corner() {
      return "└" + "─".repeat(characters());
    }
  }

  /** A character for each column and level, of those that every console has. */
  static final class Ascii extends Canvas {

    private final char[][] cells;

    Ascii(int characters, int rows) {
      super(characters, rows);
      cells = new char[rows][characters];
      Arrays.stream(cells).forEach(row -> Arrays.fill(row, ' '));
    }

    @Override
    void bar(int column, int lowest, int highest) {
      for (int level = lowest; level <= highest; level++) {
        cells[rows() - 1 - level][column] = lowest == highest ? '-' : '|';
      }
    }

    @Override
    String row(int row) {
      return new String(cells[row]);
    }

    @Override
    String axis() {
      return "|";
    }

    @Override
    String corner() {
      return "+" + "-".repeat(characters());
    }
  }
}
