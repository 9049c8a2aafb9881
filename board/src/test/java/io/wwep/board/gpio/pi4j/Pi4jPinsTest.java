package io.wwep.board.gpio.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProviderImpl;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import io.wwep.board.Board;
import io.wwep.board.BoardConsole;
import io.wwep.board.MacAddress;
import io.wwep.board.gpio.PinKeys;
import io.wwep.board.gpio.PinPlan;
import io.wwep.client.Trust;
import io.wwep.testkit.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A board with pins, on a platform of Pi4J that only pretends to have them. */
@Timeout(60)
class Pi4jPinsTest {

  private static final PinPlan PLAN = PinPlan.parse("led=17,button0=22,button1=27");
  private static final int LED = 0x018C05;

  private final Context context =
      Pi4J.newContextBuilder()
          .noAutoDetect()
          .add(new PulledUp(), MockDigitalOutputProvider.newInstance())
          .build();
  private final PinKeys keys = new PinKeys();
  private final Pi4jPins pins = new Pi4jPins(context, PLAN, keys::press);

  @AfterEach
  void close() {
    pins.close();
  }

  /** As pins with a pull-up resistor are: high until a button is pressed. */
  private static final class PulledUp extends MockDigitalInputProviderImpl {

    @Override
    public DigitalInput create(DigitalInputConfig config) {
      DigitalInput input = super.create(config);
      ((MockDigitalInput) input).mockState(DigitalState.HIGH);
      return input;
    }
  }

  private DigitalState led() {
    return ((MockDigitalOutput) context.registry().get("led")).state();
  }

  private void edge(PinPlan.Part button, DigitalState state) {
    MockDigitalInput input = context.registry().get(button.name());
    input.mockState(state);
  }

  /** As a finger does, with a bounce. */
  private void press(PinPlan.Part button) {
    edge(button, DigitalState.LOW);
    edge(button, DigitalState.HIGH);
    edge(button, DigitalState.LOW);
  }

  @Test
  void shouldSendAndSwitchTheLedWhenARealButtonIsPressed() throws Exception {
    try (TestServer server = TestServer.start()) {
      Board board =
          Board.builder("127.0.0.1")
              .mac(MacAddress.parse("00:A0:50:12:34:56"))
              .plainPort(server.plainPort())
              .tlsPort(server.tlsPort())
              .replyTimeout(Duration.ofSeconds(10))
              .trust(Trust.caFile(server.caFile()))
              .led(pins::led)
              .build();
      StringWriter screen = new StringWriter();
      BoardConsole console = new BoardConsole(board, keys, new PrintWriter(screen), false);
      CompletableFuture<Integer> run = CompletableFuture.supplyAsync(console::run);
      assertThat(led()).isEqualTo(DigitalState.LOW);

      press(PinPlan.Part.BUTTON0);
      Awaitility.await().until(() -> server.store().read(LED) == 1);
      assertThat(led()).isEqualTo(DigitalState.HIGH);

      press(PinPlan.Part.BUTTON1);
      Awaitility.await().until(() -> server.store().read(LED) == 0);
      assertThat(led()).isEqualTo(DigitalState.LOW);

      keys.end();
      assertThat(run.get(20, TimeUnit.SECONDS)).isZero();
      assertThat(screen.toString()).contains("plain  W018C050001", "TLS    W018C050000");
      assertThat(server.events().stream().filter(each -> each.toString().contains("W018C05")))
          .hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void shouldTakeABouncingButtonForOnePress() {
    press(PinPlan.Part.BUTTON0);
    press(PinPlan.Part.BUTTON1);
    keys.press(0);
    assertThat(keys.next()).isEqualTo('0');
    assertThat(keys.next()).isEqualTo('1');
    assertThat(keys.next()).isEqualTo('0'); // The one behind, and no bounce.
  }

  @Test
  void shouldSwitchTheLedOffInTheEnd() {
    MockDigitalOutput led = context.registry().get("led");
    pins.led(true);
    assertThat(led.state()).isEqualTo(DigitalState.HIGH);
    pins.close();
    assertThat(led.state()).isEqualTo(DigitalState.LOW);
    pins.led(true); // A press that comes late.
    pins.close();
    assertThat(led.state()).isEqualTo(DigitalState.LOW);
  }

  @Test
  void shouldDoWithoutThePartsThatHaveNoPin() {
    Context another =
        Pi4J.newContextBuilder()
            .noAutoDetect()
            .add(new PulledUp(), MockDigitalOutputProvider.newInstance())
            .build();
    try (Pi4jPins few = new Pi4jPins(another, PinPlan.parse("button1=5"), keys::press)) {
      few.led(true);
      MockDigitalInput input = another.registry().get(PinPlan.Part.BUTTON1.name());
      input.mockState(DigitalState.LOW);
      assertThat(keys.next()).isEqualTo('1');
      assertThat(another.registry().exists("led")).isFalse();
    }
  }

  @Test
  void shouldGiveEverythingBackWhereAPinCannotBeHad() {
    Context inputsOnly = Pi4J.newContextBuilder().noAutoDetect().add(new PulledUp()).build();
    assertThatExceptionOfType(Pi4JException.class)
        .isThrownBy(() -> new Pi4jPins(inputsOnly, PLAN, keys::press).close());
    assertThat(inputsOnly.isShutdown()).isTrue();
  }
}
