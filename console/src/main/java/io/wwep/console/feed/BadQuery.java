package io.wwep.console.feed;

/** A query that cannot be answered; the message names the member, what is wrong and the cure. */
final class BadQuery extends Exception {

  private static final long serialVersionUID = 1L;

  BadQuery(String message) {
    super(message, null, false, false);
  }
}
