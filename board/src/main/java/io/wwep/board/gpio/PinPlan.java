package io.wwep.board.gpio;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which pins are what, by their numbers as the Raspberry Pi's processor counts them (BCM): {@code
 * led=17,button0=22,button1=27}. Immutable.
 */
public final class PinPlan {

  /** The pins on the Raspberry Pi's header. */
  public static final int PIN_MAX = 27;

  /** What a pin can be. */
  public enum Part {
    /** Shows the board's LED: high is on. */
    LED,
    /** Plain TCP; pressed, it connects its pin to ground. */
    BUTTON0,
    /** TLS; likewise. */
    BUTTON1;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String FORM = "give it as in led=17,button0=22,button1=27";

  private final Map<Part, Integer> pins;

  private PinPlan(Map<Part, Integer> pins) {
    this.pins = pins;
  }

  /**
   * Reads a plan.
   *
   * @param text at least one of the three parts, each once, each with a pin of its own
   * @throws IllegalArgumentException when it is no plan; the message says which part of it is wrong
   */
  public static PinPlan parse(String text) {
    Map<Part, Integer> pins = new EnumMap<>(Part.class);
    for (String each : text.split(",", -1)) {
      int equals = each.indexOf('=');
      if (equals < 0) {
        throw bad("'%s' has no pin".formatted(each.strip()));
      }
      Part part = part(each.substring(0, equals).strip());
      int pin = pin(part, each.substring(equals + 1).strip());
      for (Map.Entry<Part, Integer> other : pins.entrySet()) {
        if (other.getValue() == pin && other.getKey() != part) {
          throw bad("pin %d is both %s and %s".formatted(pin, other.getKey().word(), part.word()));
        }
      }
      if (pins.put(part, pin) != null) {
        throw bad("%s is there twice".formatted(part.word()));
      }
    }
    return new PinPlan(pins);
  }

  private static Part part(String word) {
    for (Part each : Part.values()) {
      if (each.word().equalsIgnoreCase(word)) {
        return each;
      }
    }
    throw bad("there is no part '%s', but led, button0 and button1".formatted(word));
  }

  private static int pin(Part part, String digits) {
    int pin = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
    if (pin < 0 || pin > PIN_MAX) {
      throw bad(
          "%s has pin '%s', and pins are 0 to %d (BCM numbers)"
              .formatted(part.word(), digits, PIN_MAX));
    }
    return pin;
  }

  private static IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("%s: %s".formatted(what, FORM));
  }

  /** Returns the pin of a part, 0 to {@link #PIN_MAX}; empty when it has none. */
  public OptionalInt pin(Part part) {
    Integer pin = pins.get(part);
    return pin == null ? OptionalInt.empty() : OptionalInt.of(pin);
  }

  /** Returns the plan as it is given. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    pins.forEach(
        (part, pin) ->
            text.append(text.isEmpty() ? "" : ",").append(part.word()).append('=').append(pin));
    return text.toString();
  }
}
