package io.wwep.board.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class GpioTest {

  private static final PinPlan PLAN = PinPlan.parse("led=17,button0=22");

  @TempDir private Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldSayThatAMachineHasNoPins() {
    assertThatExceptionOfType(NoPinsException.class)
        .isThrownBy(() -> Gpio.requirePins(directory))
        .withMessageContaining("this machine has no pins (there is no " + directory)
        .withMessageEndingWith("run this on a Raspberry Pi, or without --gpio");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldFindAChipWithPinsWhateverItsNumber() throws Exception {
    Files.createFile(directory.resolve("gpiochip4"));
    assertThatCode(() -> Gpio.requirePins(directory)).doesNotThrowAnyException();
  }

  @Test
  void shouldSayWhyPinsCannotBeUsed() {
    Pins.Maker refusing =
        (plan, pressed) -> {
          throw new IllegalStateException(
              "could not start", new IllegalStateException("Permission denied\nat line 7"));
        };
    assertThatExceptionOfType(NoPinsException.class)
        .isThrownBy(() -> Gpio.open(refusing, PLAN, button -> {}))
        .withMessageStartingWith(
            "the pins led=17,button0=22 cannot be used (Permission denied): is this a Raspberry Pi, does another program hold them")
        .withMessageNotContaining("\n");
  }

  @Test
  void shouldSayTheSameOfALibraryThatDoesNotFitTheMachine() {
    Pins.Maker unlinked =
        (plan, pressed) -> {
          throw new UnsatisfiedLinkError("no pi4j-gpiod in java.library.path");
        };
    assertThatExceptionOfType(NoPinsException.class)
        .isThrownBy(() -> Gpio.open(unlinked, PLAN, button -> {}))
        .withMessageContaining("no pi4j-gpiod in java.library.path");
  }

  /** The package that uses the library is loaded with it, and all else is the program's own. */
  @Test
  void shouldLoadTheLibraryApart() throws Exception {
    try (LibraryLoader loader = LibraryLoader.of(directory.resolve("nothing"))) {
      Class<?> maker = Class.forName("io.wwep.board.gpio.pi4j.RaspberryPins", true, loader);
      assertThat(maker.getClassLoader()).isSameAs(loader);
      assertThat(maker.getDeclaredConstructor().newInstance()).isInstanceOf(Pins.Maker.class);
      assertThat(loader.loadClass("io.wwep.board.gpio.PinPlan")).isSameAs(PinPlan.class);
      assertThatExceptionOfType(ClassNotFoundException.class)
          .isThrownBy(() -> loader.loadClass("io.wwep.board.gpio.pi4j.Nobody"));
    }
  }
}
