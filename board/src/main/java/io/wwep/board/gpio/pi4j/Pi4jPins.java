package io.wwep.board.gpio.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import io.wwep.board.gpio.Debounce;
import io.wwep.board.gpio.PinPlan;
import io.wwep.board.gpio.Pins;
import java.util.function.IntConsumer;

/**
 * Pins by Pi4J. A button connects its pin to ground, against the processor's own pull-up resistor:
 * no part is needed but the button.
 */
final class Pi4jPins implements Pins {

  private final Context context;
  private final DigitalOutput led;
  private boolean closed;

  /**
   * Takes the pins.
   *
   * @param context has a provider for inputs and one for outputs; belongs to the pins from now on
   */
  Pi4jPins(Context context, PinPlan plan, IntConsumer pressed) {
    this.context = context;
    try {
      led = plan.pin(PinPlan.Part.LED).isPresent() ? output(plan) : null;
      button(plan, PinPlan.Part.BUTTON0, () -> pressed.accept(0));
      button(plan, PinPlan.Part.BUTTON1, () -> pressed.accept(1));
    } catch (RuntimeException | LinkageError e) {
      context.shutdown();
      throw e;
    }
  }

  private DigitalOutput output(PinPlan plan) {
    return context.create(
        DigitalOutput.newConfigBuilder(context)
            .id("led")
            .address(plan.pin(PinPlan.Part.LED).getAsInt())
            .initial(DigitalState.LOW)
            .shutdown(DigitalState.LOW)
            .build());
  }

  private void button(PinPlan plan, PinPlan.Part part, Runnable press) {
    if (plan.pin(part).isEmpty()) {
      return;
    }
    Debounce debounce = new Debounce();
    DigitalInput input =
        context.create(
            DigitalInput.newConfigBuilder(context)
                .id(part.name())
                .address(plan.pin(part).getAsInt())
                .pull(PullResistance.PULL_UP)
                .debounce(0L)
                .build());
    input.addListener(
        change -> {
          if (debounce.isPress(change.state() == DigitalState.LOW, System.nanoTime())) {
            press.run();
          }
        });
  }

  @Override
  public synchronized void led(boolean on) {
    if (led != null && !closed) {
      led.setState(on);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      context.shutdown();
    }
  }
}
