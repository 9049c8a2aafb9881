package io.wwep.server.access;

/**
 * Whether one may do something, and why.
 *
 * @param allowed whether one may
 * @param reason a sentence, with the cure where one may not
 * @param line of the policy that grants it; null where none does
 */
public record Decision(boolean allowed, String reason, Integer line) {}
