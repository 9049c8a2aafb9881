package io.wwep.board.gpio.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import io.wwep.board.gpio.PinPlan;
import io.wwep.board.gpio.Pins;
import java.util.function.IntConsumer;

/**
 * The pins of the Raspberry Pi on which this runs, by the kernel's own interface for them
 * (/dev/gpiochip0 and libgpiod): no daemon, no root.
 */
public final class RaspberryPins implements Pins.Maker {

  /** For who loads this class by its name. */
  public RaspberryPins() {}

  @Override
  public Pins open(PinPlan plan, IntConsumer pressed) {
    // Named one by one: the search for plugins would go through the class path of another loader.
    return new Pi4jPins(
        Pi4J.newContextBuilder()
            .noAutoDetect()
            .add(GpioDDigitalInputProvider.newInstance(), GpioDDigitalOutputProvider.newInstance())
            .build(),
        plan,
        pressed);
  }
}
