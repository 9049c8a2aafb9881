package io.wwep.tap.change;

import io.wwep.protocol.WireText;

/**
 * What was changed on purpose.
 *
 * @param by the rule or the fault, as in {@code drop-reply@0FAC}
 * @param ofRule whether it was a rule and not a fault
 * @param came the bytes that came, for people
 * @param forwarded the bytes that were sent on in their place, for people; empty when none were
 * @param sentence the same in words
 */
public record Change(String by, boolean ofRule, String came, String forwarded, String sentence) {

  static Change byRule(String rule, byte[] came, byte[] forwarded) {
    String from = WireText.show(came);
    String to = WireText.show(forwarded);
    return new Change(rule, true, from, to, "%s became %s".formatted(from, to));
  }

  static Change byFault(Fault fault, byte[] came, byte[] forwarded) {
    String from = WireText.show(came);
    String to = WireText.show(forwarded);
    return new Change(fault.toString(), false, from, to, words(fault.kind(), from, to));
  }

  private static String words(FaultKind kind, String came, String forwarded) {
    return switch (kind) {
      case SPLIT -> "the board gets %s byte by byte".formatted(came);
      case DELAY -> "the board gets %s that much later".formatted(came);
      case DROP_REPLY -> "the board does not get %s".formatted(came);
      case CLOSE_EARLY -> "the connection is closed in place of %s".formatted(came);
      case RESET -> "the connection is reset in place of %s".formatted(came);
      case HALF_REPLY ->
          "the board gets %s of %s, and the connection is closed".formatted(forwarded, came);
      default -> "the board gets %s in place of %s".formatted(forwarded, came);
    };
  }
}
