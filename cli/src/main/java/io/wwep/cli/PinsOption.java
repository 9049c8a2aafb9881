package io.wwep.cli;

import io.wwep.board.gpio.PinPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Real pins for a board. */
@Command(sortOptions = false)
final class PinsOption {

  @Option(
      names = "--gpio",
      paramLabel = "PINS",
      converter = Plan.class,
      description =
          "On a Raspberry Pi: the LED and the buttons have these pins, as in led=17,button0=22,button1=27 (BCM numbers).")
  PinPlan plan;

  boolean isGiven() {
    return plan != null;
  }

  /** Reads a plan of pins. */
  static final class Plan implements ITypeConverter<PinPlan> {

    @Override
    public PinPlan convert(String text) {
      try {
        return PinPlan.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
