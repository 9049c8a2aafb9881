package io.wwep.board.gpio;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.board.KeySource;
import java.io.StringReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PinKeysTest {

  private final PinKeys keys = new PinKeys();

  @Test
  void shouldMakeKeysOfPresses() {
    keys.press(1);
    keys.press(0);
    assertThat(keys.next()).isEqualTo('1');
    assertThat(keys.next()).isEqualTo('0');
  }

  @Test
  void shouldTakeKeysOfAKeyboardAndGoOnBehindTheirEnd() {
    keys.with(KeySource.of(new StringReader("xr")));
    assertThat(keys.next()).isEqualTo('x');
    assertThat(keys.next()).isEqualTo('r');
    keys.press(0);
    assertThat(keys.next()).isEqualTo('0');
  }

  @Test
  void shouldKeepNoMorePressesThanTheBoardCanServeSoon() {
    for (int i = 0; i < 10 * PinKeys.WAITING_MAX; i++) {
      keys.press(0);
    }
    for (int i = 0; i < PinKeys.WAITING_MAX; i++) {
      assertThat(keys.next()).isEqualTo('0');
    }
    keys.press(1);
    assertThat(keys.next()).isEqualTo('1');
  }

  @Test
  void shouldEndForTheOneWhoWaits() throws Exception {
    CompletableFuture<Integer> next = CompletableFuture.supplyAsync(keys::next);
    keys.end();
    assertThat(next.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
    assertThat(keys.next()).isEqualTo(-1);
  }

  @Test
  void shouldEndAtOnceWhenPressesWait() {
    for (int i = 0; i < PinKeys.WAITING_MAX; i++) {
      keys.press(0);
    }
    keys.end();
    assertThat(keys.next()).isEqualTo(-1);
  }
}
