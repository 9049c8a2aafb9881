package io.wwep.board.gpio;

import io.wwep.board.KeySource;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Keys of a board from its buttons, and from a keyboard if there is one: the board does not know
 * which it was. Buttons and keyboard have threads of their own, the board takes keys on its own.
 */
public final class PinKeys implements KeySource {

  /** Presses that wait for the board; who presses more while it waits for a reply is not heard. */
  static final int WAITING_MAX = 16;

  /** Ends the board, as Ctrl-D at its keyboard does. */
  private static final int END = 4;

  private final BlockingQueue<Integer> keys = new ArrayBlockingQueue<>(WAITING_MAX);
  private volatile boolean ended;

  /** Makes one on which nothing is pressed. */
  public PinKeys() {}

  /**
   * Presses a button.
   *
   * @param button 0 or 1
   */
  public void press(int button) {
    offer('0' + button);
  }

  private void offer(int key) {
    if (!keys.offer(key)) {
      return; // Each press waits for a reply, and these have to come first.
    }
  }

  /**
   * Takes the keys of a keyboard too, from now on. When they end the buttons go on.
   *
   * @param keyboard read by a daemon thread
   */
  public void with(KeySource keyboard) {
    Thread thread = new Thread(() -> pump(keyboard), "wwep-board-keyboard");
    thread.setDaemon(true);
    thread.start();
  }

  private void pump(KeySource keyboard) {
    try {
      for (int key = keyboard.next(); key >= 0; key = keyboard.next()) {
        keys.put(key);
      }
    } catch (IOException e) {
      return; // It is gone; there are still the buttons.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the keys, also for the one who waits for the next. Any thread. */
  public void end() {
    ended = true;
    offer(END);
  }

  @Override
  public int next() {
    try {
      int key = ended ? END : keys.take();
      return ended ? -1 : key;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
