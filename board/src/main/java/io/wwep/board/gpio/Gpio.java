package io.wwep.board.gpio;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntConsumer;

/** Opens a Raspberry Pi's pins. */
public final class Gpio {

  private static final String MAKER = Gpio.class.getPackageName() + ".pi4j.RaspberryPins";
  private static final String LIBRARY = "com.pi4j.Pi4J";
  private static final Path DEVICES = Path.of("/dev");
  private static final String ON_A_PI = "run this on a Raspberry Pi, or without --gpio";

  private Gpio() {}

  /**
   * Takes the pins of a plan.
   *
   * @param libraries the directory with the library for pins; it need not be there where the
   *     library is on the class path
   * @param pressed is told the number of a button that was pressed, 0 or 1, on a thread of the pins
   * @throws NoPinsException when this machine has none, or does not give them
   */
  public static Pins open(PinPlan plan, Path libraries, IntConsumer pressed) {
    requirePins(DEVICES);
    return open(maker(libraries), plan, pressed);
  }

  static Pins open(Pins.Maker maker, PinPlan plan, IntConsumer pressed) {
    try {
      return maker.open(plan, pressed);
    } catch (RuntimeException | LinkageError e) {
      throw new NoPinsException(
          "the pins %s cannot be used (%s): is this a Raspberry Pi, does another program hold them, and may this user use %s? There: sudo usermod -aG gpio $USER, then log in again"
              .formatted(plan, reason(e), DEVICES.resolve("gpiochip0")),
          e);
    }
  }

  /** What is wrong is in the first cause; those behind say where it was caught. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }

  /**
   * Looks before the library does, whose own words would help nobody.
   *
   * @param devices where the system's devices are
   */
  static void requirePins(Path devices) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (!system.startsWith("linux")) {
      throw new NoPinsException(
          "%s has no pins that Java can use: %s".formatted(System.getProperty("os.name"), ON_A_PI),
          null);
    }
    if (!hasChip(devices)) {
      throw new NoPinsException(
          "this machine has no pins (there is no %s): %s"
              .formatted(devices.resolve("gpiochip0"), ON_A_PI),
          null);
    }
  }

  private static boolean hasChip(Path devices) {
    try (DirectoryStream<Path> chips = Files.newDirectoryStream(devices, "gpiochip*")) {
      return chips.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }

  private static Pins.Maker maker(Path libraries) {
    try {
      ClassLoader here = Gpio.class.getClassLoader();
      ClassLoader loader = has(here) ? here : LibraryLoader.of(libraries);
      if (!has(loader)) {
        throw new FileNotFoundException("no " + LIBRARY);
      }
      return Class.forName(MAKER, true, loader)
          .asSubclass(Pins.Maker.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | IOException | LinkageError e) {
      throw new NoPinsException(
          "the library for pins is not in %s: build wwep anew, with ./wwep, or copy that directory too"
              .formatted(libraries),
          e);
    }
  }

  private static boolean has(ClassLoader loader) {
    try {
      Class.forName(LIBRARY, false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
