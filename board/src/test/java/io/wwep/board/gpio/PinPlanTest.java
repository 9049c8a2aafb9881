package io.wwep.board.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinPlanTest {

  @Test
  void shouldReadWhichPinIsWhat() {
    PinPlan plan = PinPlan.parse(" LED=17, button0 = 22 ,button1=0");
    assertThat(plan.pin(PinPlan.Part.LED)).hasValue(17);
    assertThat(plan.pin(PinPlan.Part.BUTTON0)).hasValue(22);
    assertThat(plan.pin(PinPlan.Part.BUTTON1)).hasValue(0);
    assertThat(plan).hasToString("led=17,button0=22,button1=0");
  }

  @Test
  void shouldDoWithSomeOfTheParts() {
    PinPlan plan = PinPlan.parse("button1=27");
    assertThat(plan.pin(PinPlan.Part.LED)).isEmpty();
    assertThat(plan.pin(PinPlan.Part.BUTTON0)).isEmpty();
    assertThat(plan).hasToString("button1=27");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lamp=17             | there is no part 'lamp', but led, button0 and button1",
        "led=28              | led has pin '28', and pins are 0 to 27",
        "led=-1              | led has pin '-1', and pins are 0 to 27",
        "led=99999999999     | led has pin '99999999999'",
        "led=                | led has pin ''",
        "led                 | 'led' has no pin",
        "led=17,             | '' has no pin",
        "led=17,button0=17   | pin 17 is both led and button0",
        "led=17,led=18       | led is there twice",
        "led=17,led=17       | led is there twice",
      })
  void shouldSayWhichPartOfAPlanIsWrong(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PinPlan.parse(text))
        .withMessageStartingWith(message)
        .withMessageEndingWith(": give it as in led=17,button0=22,button1=27");
  }
}
