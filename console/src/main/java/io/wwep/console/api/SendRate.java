package io.wwep.console.api;

import io.wwep.console.http.Allowance;
import io.wwep.console.http.Problem;
import io.wwep.console.http.Visitor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often something may be sent: 20 times a second by one browser, and 200 times by all together.
 * A browser is a session; where nobody has logged in, an address. Used by the HTTP event loop
 * alone.
 */
final class SendRate {

  static final int BROWSER_PER_SECOND_MAX = 20;
  static final int ALL_PER_SECOND_MAX = 200;

  /** The one that sent longest ago is forgotten beyond it; the limit of all holds on. */
  private static final int BROWSERS_MAX = 1_024;

  private static final int RETRY_SECONDS = 1;

  private final LongSupplier nanoTime;
  private final Allowance all;

  private final Map<Object, Allowance> byBrowser =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Allowance> eldest) {
          return size() > BROWSERS_MAX;
        }
      };

  SendRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    all = new Allowance(ALL_PER_SECOND_MAX, nanoTime.getAsLong());
  }

  /**
   * Counts one more.
   *
   * @throws io.wwep.console.http.ProblemException when it is one too many at the moment
   */
  void take(Visitor visitor) {
    Object browser = visitor.session() == null ? visitor.address().getAddress() : visitor.session();
    take(browser);
  }

  void take(Object browser) {
    long now = nanoTime.getAsLong();
    Allowance own =
        byBrowser.computeIfAbsent(browser, none -> new Allowance(BROWSER_PER_SECOND_MAX, now));
    require(own.left(now), "this browser sends more than %d messages", BROWSER_PER_SECOND_MAX);
    require(all.left(now), "all browsers together send more than %d messages", ALL_PER_SECOND_MAX);
    own.take(1);
    all.take(1);
  }

  private static void require(int left, String what, int max) {
    if (left < 1) {
      throw Problem.limited(
              what.formatted(max) + " a second: send it again in a moment", RETRY_SECONDS)
          .exception();
    }
  }
}
