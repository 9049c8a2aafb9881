package io.wwep.board;

import io.wwep.client.RawExchange;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Line ends behind a reply. WWEP has none there, but servers that print their replies line by line
 * send them, and whoever reads the reply does not see them.
 */
public final class LineEnds {

  private static final Pattern REPLIES =
      Pattern.compile("(?:(?:A\\p{XDigit}{10}|X[ a-z-]*)[\\r\\n]*)+");

  private LineEnds() {}

  /**
   * Whether as many replies came as were waited for, with or without line ends behind them.
   *
   * @param wanted the number given to the exchange; 0 is satisfied with one reply, since an
   *     exchange ends at the first byte that no reply has
   */
  public static boolean isReplied(RawExchange exchange, int wanted) {
    return exchange.ending() == RawExchange.Ending.REPLIED
        || (isAllThatIsForeign(exchange) && exchange.replies().size() >= wanted);
  }

  /** Whether an exchange was ended by a line end behind a reply, and not by a foreign server. */
  public static boolean isAllThatIsForeign(RawExchange exchange) {
    return exchange.ending() == RawExchange.Ending.NOT_WWEP
        && REPLIES.matcher(text(exchange)).matches();
  }

  /** Returns everything that came, without the line ends at its end. */
  static String strip(RawExchange exchange) {
    return text(exchange).replaceFirst("[\\r\\n]+$", "");
  }

  private static String text(RawExchange exchange) {
    return new String(exchange.received(), StandardCharsets.ISO_8859_1);
  }
}
