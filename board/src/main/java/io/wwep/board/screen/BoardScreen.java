package io.wwep.board.screen;

import io.wwep.board.Board;
import io.wwep.board.Judgement;
import io.wwep.board.KeySource;
import io.wwep.board.Keypad;
import io.wwep.board.Transmission;
import io.wwep.board.Verdict;
import io.wwep.board.screen.Line.Tone;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keys and a picture for a {@link Board}. What is printed below the board is what a real one prints
 * on its serial port, failures too.
 *
 * <p>The thread that calls {@link #run} sends; keys are read by one of their own, so that quitting
 * and help do not wait for a server, and the name of the server is looked up by another. Any thread
 * may call {@link #redraw} and {@link #stop}.
 */
public final class BoardScreen {

  /** Keys that may wait while a message is under way; more are not taken. */
  private static final int KEYS_WAITING_MAX = 16;

  /** How long {@code q} waits for what was typed before it: as a board does for a reply. */
  private static final long QUIT_MILLIS = 500;

  private final Board board;
  private final Screen screen;
  private final Glyphs glyphs;
  private final BlockingQueue<Integer> keys = new ArrayBlockingQueue<>(KEYS_WAITING_MAX + 1);
  private final SerialPort serial = new SerialPort();
  private final Narrator narrator;
  private Place place = Place.UNKNOWN;
  private volatile boolean ended;
  private volatile Throwable fault;

  /**
   * @param board closed when this ends
   * @param unicode whether the screen shows more than ASCII
   */
  public BoardScreen(Board board, Screen screen, boolean unicode) {
    this.board = board;
    this.screen = screen;
    glyphs = unicode ? Glyphs.UNICODE : Glyphs.ASCII;
    narrator = new Narrator(board, this::print);
  }

  /**
   * Serves keys until {@code q}, Ctrl-C, Ctrl-D, the end of the source, or {@link #stop}; what is
   * under way then is cut off, by {@code q} half a second later.
   *
   * @return the worst that happened; see {@link Keypad#exitCode}
   */
  public int run(KeySource source) {
    narrator.start();
    start(() -> readKeys(source), "wwep-board-keys");
    start(this::lookUp, "wwep-board-name");
    Keypad keypad = new Keypad(board, new Shown());
    int exitCode = 0;
    try {
      redraw();
      while (keypad.press(keys.take()) && !ended) {
        exitCode = keypad.exitCode();
        redraw();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stop();
    }
    if (fault != null) {
      throw new IllegalStateException("a thread of the board failed", fault);
    }
    return exitCode;
  }

  /** Shows the picture of now. */
  public synchronized void redraw() {
    Panel panel = Panel.of(board, place);
    screen.show(new Picture(glyphs, screen.size()).draw(panel, serial));
  }

  /** Ends {@link #run}; what is under way is cut off. */
  public void stop() {
    ended = true;
    board.close();
    keys.clear();
    keys.offer(Keypad.NO_MORE_KEYS);
  }

  private synchronized void print(String text, Tone tone) {
    serial.print(text, tone);
  }

  private synchronized void place(Place found) {
    place = found;
  }

  @SuppressWarnings("CatchThrowable") // It is told by the thread that gives the terminal back.
  private void start(Runnable task, String name) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Throwable failure) {
                fault = failure;
                stop();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Help waits for no server, and {@code q} only so long that what was typed before it can arrive;
   * whatever ends besides does not wait at all. Other keys wait in turn.
   */
  private void readKeys(KeySource source) {
    try {
      int key = source.next();
      while (!Keypad.isEnd(key)) {
        take(key);
        key = source.next();
      }
      if (key == 'q' || key == 'Q') {
        keys.offer(key);
        CompletableFuture.delayedExecutor(QUIT_MILLIS, TimeUnit.MILLISECONDS).execute(this::stop);
        do {
          key = source.next();
        } while (key >= 0 && !Keypad.isEnd(key));
        if (key < 0) {
          return;
        }
      }
    } catch (IOException terminalGone) {
      // So no more keys will come.
    }
    stop();
  }

  private void take(int key) {
    if (!Keypad.isHelp(key)) {
      if (keys.size() < KEYS_WAITING_MAX) {
        keys.offer(key);
      }
    } else if (!ended) {
      narrator.help();
      redraw();
    }
  }

  private void lookUp() {
    try {
      Place found = Place.find(board);
      synchronized (this) {
        place = place.equals(Place.UNKNOWN) ? found : place;
      }
      narrator.found(found);
    } catch (IOException e) {
      narrator.notFound();
    }
    if (!ended) {
      redraw();
    }
  }

  /** Shows what keys do. */
  private final class Shown implements Keypad.Display {

    @Override
    public void begins(char key) {
      narrator.begins(key);
      redraw();
    }

    @Override
    public void sent(char key, Transmission transmission) {
      if (!ended) {
        transmission.contact().map(Place::of).ifPresent(BoardScreen.this::place);
        narrator.sent(transmission);
      }
    }

    @Override
    public void said(Judgement judgement) {
      print(judgement.meaning(), judgement.verdict() == Verdict.FINE ? Tone.PLAIN : Tone.BAD);
    }

    @Override
    public void help() {
      narrator.help();
    }
  }
}
