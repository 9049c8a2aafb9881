package io.wwep.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.console.http.ProblemException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SendRateTest {

  private long nanos;
  private final SendRate rate = new SendRate(() -> nanos);

  private void take(Object browser, int times) {
    for (int i = 0; i < times; i++) {
      rate.take(browser);
    }
  }

  @Test
  void shouldHoldOneBrowserBackAndNoOther() {
    take("a", SendRate.BROWSER_PER_SECOND_MAX);

    assertThatThrownBy(() -> rate.take("a"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(429))
        .hasMessageContaining("this browser");
    assertThatCode(() -> rate.take("b")).doesNotThrowAnyException();
    nanos += TimeUnit.MILLISECONDS.toNanos(500);
    take("a", SendRate.BROWSER_PER_SECOND_MAX / 2);
    assertThatThrownBy(() -> rate.take("a")).isInstanceOf(ProblemException.class);
  }

  /** Whoever was refused has not used up what the others may send. */
  @Test
  void shouldHoldAllBrowsersTogether() {
    for (int each = 0; each < SendRate.ALL_PER_SECOND_MAX; each++) {
      rate.take("browser " + each);
    }

    assertThatThrownBy(() -> rate.take("one more")).hasMessageContaining("all browsers together");
    nanos += TimeUnit.SECONDS.toNanos(1);
    take("one more", SendRate.BROWSER_PER_SECOND_MAX);
  }
}
