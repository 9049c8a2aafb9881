package io.wwep.tap.change;

/**
 * What was changed on purpose.
 *
 * @param by the rule or the fault, as in {@code drop-reply@0FAC}
 * @param ofRule whether it was a rule and not a fault
 * @param came the bytes that came
 * @param forwarded the bytes that were sent on in their place; empty when none were
 */
public record Change(String by, boolean ofRule, byte[] came, byte[] forwarded) {

  static Change byRule(String rule, byte[] came, byte[] forwarded) {
    return new Change(rule, true, came, forwarded);
  }

  static Change byFault(Fault fault, byte[] came, byte[] forwarded) {
    return new Change(fault.toString(), false, came, forwarded);
  }
}
