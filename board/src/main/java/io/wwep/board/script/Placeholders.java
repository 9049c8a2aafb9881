package io.wwep.board.script;

import io.wwep.board.Board;
import java.util.Locale;

/** What differs from board to board in one and the same script. */
final class Placeholders {

  /** Stands for the device ID, four digits. */
  static final String ID = "{id}";

  private Placeholders() {}

  static String fill(String text, Board board) {
    return text.replace(ID, String.format(Locale.ROOT, "%04X", board.deviceId()));
  }
}
