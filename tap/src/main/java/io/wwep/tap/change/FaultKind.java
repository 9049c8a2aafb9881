package io.wwep.tap.change;

import java.util.Locale;

/**
 * What can be done to a board, to see how it takes it. The testkit's {@code Misbehavior} has the
 * same habits as a server of its own.
 */
public enum FaultKind {
  /** Each byte of a reply is a segment of its own ({@code Trickles}). */
  SPLIT(Effect.PACE),
  /** A reply comes late ({@code AnswersLate}). */
  DELAY(Effect.PACE),
  /** A reply never comes ({@code NeverAnswers}). */
  DROP_REPLY(Effect.REPLY),
  /** The connection is closed in place of a reply ({@code ClosesBeforeReply}). */
  CLOSE_EARLY(Effect.REPLY),
  /** The connection is closed in the middle of a reply ({@code ClosesMidReply}). */
  HALF_REPLY(Effect.REPLY),
  /** The connection is reset in place of a reply ({@code Resets}). */
  RESET(Effect.REPLY),
  /** A reply has the next register's number ({@code AnswersForWrongRegister}). */
  WRONG_REPLY(Effect.REPLY),
  /** Each reply is {@code X} ({@code AnswersX}), though the server did what was asked. */
  X(Effect.REPLY),
  /** A reply is as many bytes that no WWEP server sends ({@code Says}). */
  GARBAGE(Effect.REPLY),
  /** The TLS handshake is not answered for a while ({@code StallsHandshake}). */
  SLOW_HANDSHAKE(Effect.HANDSHAKE),
  /** The certificate's time is over. */
  EXPIRED(Effect.CERTIFICATE),
  /** The certificate's time has yet to come. */
  NOT_YET_VALID(Effect.CERTIFICATE),
  /** The certificate is for another name. */
  WRONG_NAME(Effect.CERTIFICATE),
  /** The certificate is signed by a CA that nobody has. */
  UNKNOWN_CA(Effect.CERTIFICATE);

  private enum Effect {
    PACE,
    REPLY,
    HANDSHAKE,
    CERTIFICATE
  }

  private final Effect effect;

  FaultKind(Effect effect) {
    this.effect = effect;
  }

  /** Returns the word for it, as in {@code drop-reply}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it takes a time, as in {@code delay=300ms}. */
  public boolean takesTime() {
    return this == DELAY || this == SLOW_HANDSHAKE;
  }

  /** Whether it needs TLS. */
  public boolean needsTls() {
    return effect == Effect.HANDSHAKE || effect == Effect.CERTIFICATE;
  }

  /** Whether it is about the certificate that boards are shown. */
  public boolean isOfCertificate() {
    return effect == Effect.CERTIFICATE;
  }

  /** Whether it decides what becomes of a reply: two of them cannot be had at once. */
  boolean isOfReply() {
    return effect == Effect.REPLY;
  }

  /** Whether two of them contradict each other. */
  boolean excludes(FaultKind other) {
    return this == other
        || (isOfReply() && other.isOfReply())
        || (this == EXPIRED && other == NOT_YET_VALID)
        || (this == NOT_YET_VALID && other == EXPIRED);
  }
}
