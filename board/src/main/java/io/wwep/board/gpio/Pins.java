package io.wwep.board.gpio;

import java.util.function.IntConsumer;

/** The pins of a board while it runs. Any thread. */
public interface Pins extends AutoCloseable {

  /** Switches the LED; nothing happens where none has a pin, or once the pins are closed. */
  void led(boolean on);

  /** Switches the LED off and gives the pins back. */
  @Override
  void close();

  /** Makes pins. */
  interface Maker {

    /**
     * Takes the pins of a plan.
     *
     * @param pressed is told the number of a button that was pressed, 0 or 1, on a thread of the
     *     pins; bounces are taken out
     * @throws RuntimeException when the machine does not give them
     */
    Pins open(PinPlan plan, IntConsumer pressed);
  }
}
