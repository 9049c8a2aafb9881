package io.wwep.board.screen;

import java.util.List;

/** Where pictures are shown. Called by any thread, by one at a time. */
public interface Screen {

  /**
   * How large a screen is.
   *
   * @param columns 1 or more
   * @param rows 1 or more
   */
  record Size(int columns, int rows) {}

  /** Returns how large it is now. */
  Size size();

  /**
   * Shows a picture in place of the one before.
   *
   * @param lines as many as the screen has rows, each as wide as the screen
   */
  void show(List<Line> lines);
}
