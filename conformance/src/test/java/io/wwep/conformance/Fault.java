package io.wwep.conformance;

import io.wwep.conformance.wire.Clue;

/** A mistake that a participant's server makes, and what the checker has to say of it. */
enum Fault {
  NONE("", Clue.NONE),
  HANGS("messages.a-write", Clue.SILENCE),
  CLOSES_WITHOUT_REPLY("messages.a-write", Clue.CLOSED),
  NEEDS_LINE_END("messages.a-write", Clue.WAITS_FOR_LINE_END),
  READS_TO_THE_END("messages.a-write", Clue.WAITS_FOR_END),
  TAKES_ONE_READ_FOR_A_MESSAGE("complete.a-write-in-two-pieces", Clue.REJECTED),
  TAKES_A_READ_OF_ANY_LENGTH("complete.a-read-in-pieces", Clue.REJECTED),
  DROPS_LATE_PIECES("complete.a-write-byte-by-byte", Clue.EARLY),
  ALWAYS_X("messages.a-write", Clue.REJECTED),
  ECHOES("messages.a-write", Clue.ECHO),
  ANSWERS_A_ALONE("messages.a-write", Clue.SHORT),
  REPLIES_IN_LOWER_CASE("messages.digits-in-lower-case", Clue.LOWER_CASE),
  TAKES_NO_LOWER_CASE("messages.digits-in-lower-case", Clue.REJECTED),
  FORGETS("messages.a-read-of-what-was-written", Clue.REJECTED),
  ANSWERS_THE_UNWRITTEN("messages.a-read-of-what-nobody-wrote", Clue.ACCEPTED),
  TAKES_ZERO_FOR_UNWRITTEN("messages.a-written-0000", Clue.REJECTED),
  HAS_SIGNED_VALUES("messages.the-largest-numbers", Clue.WRONG_VALUE),
  KEEPS_THE_FIRST_VALUE("messages.a-second-write-to-one-register", Clue.WRONG_VALUE),
  IGNORES_THE_DEVICE("messages.devices-apart", Clue.ACCEPTED),
  HAS_ROOM_FOR_TEN("messages.many-registers", Clue.REJECTED),
  TAKES_SHORT_WRITES("illegal.the-lecture-s-short-write", Clue.ACCEPTED),
  TAKES_COMMANDS_IN_LOWER_CASE("illegal.a-command-in-lower-case", Clue.ACCEPTED),
  TAKES_READS_IN_LOWER_CASE("illegal.a-read-in-lower-case", Clue.ACCEPTED),
  TAKES_ANY_LETTER("illegal.a-letter-that-is-no-digit", Clue.ACCEPTED),
  TAKES_ANY_LETTER_IN_A_READ("illegal.a-read-with-a-letter-that-is-no-digit", Clue.ACCEPTED),
  TAKES_REPLIES("illegal.a-reply", Clue.ACCEPTED),
  TAKES_ANY_COMMAND("illegal.another-command", Clue.ACCEPTED),
  IGNORES_WORDS("illegal.a-word", Clue.CLOSED),
  STORES_WHAT_IS_ILLEGAL("illegal.a-letter-that-is-no-digit", Clue.ACCEPTED),
  REPLIES_TWICE("messages.one-reply-to-a-write", Clue.TRAILING),
  REPLIES_TWICE_TO_READS("messages.one-reply-to-a-read", Clue.TRAILING),
  REPLIES_TWICE_TO_THE_UNWRITTEN(
      "messages.one-reply-to-a-read-of-what-nobody-wrote", Clue.TRAILING),
  REPLIES_TO_EACH_BAD_BYTE("messages.one-reply-to-an-illegal-message", Clue.TRAILING),
  ENDS_REPLIES_WITH_A_LINE_END("messages.one-reply-to-a-write", Clue.TRAILING),
  IS_SLOW("messages.a-reply-within-500-ms", Clue.TIME),
  IS_SLOW_TO_GIVE_UP("inside.an-x-within-500-ms-to-a-frame-that-stops-early", Clue.TIME),
  DIES_OF_SILENCE("lifetime.the-next-client-behind-a-client-that-says-nothing", Clue.NONE),
  DIES_WITHIN_A_FRAME(
      "lifetime.the-next-client-behind-a-client-that-goes-within-a-frame", Clue.NONE),
  DIES_OF_A_BROKEN_CONNECTION(
      "lifetime.the-next-client-behind-a-client-that-breaks-off-before-its-reply", Clue.NONE);

  /** The case that has to fail. */
  final String name;

  /** What it has to find out. */
  final Clue clue;

  Fault(String name, Clue clue) {
    this.name = name;
    this.clue = clue;
  }
}
