package io.wwep.board;

import java.time.Duration;
import java.util.Optional;

/**
 * One message of a board and what came of it.
 *
 * @param secure whether it went over TLS
 * @param sent the bytes as text, as in {@code W00F5050001}; empty when nothing was sent
 * @param received the bytes as text, as in {@code A00F5050001}; empty when nothing came
 * @param answer what the reply was
 * @param code why it was an {@code X}, of a server that explains, as in {@code not-written}; or
 *     empty
 * @param judgement how it went
 * @param elapsed from the first byte sent to the reply or the end of waiting; zero when nothing was
 *     sent
 * @param contact empty when there was no connection
 */
public record Transmission(
    boolean secure,
    String sent,
    String received,
    Answer answer,
    String code,
    Judgement judgement,
    Duration elapsed,
    Optional<Contact> contact) {

  /** Returns how it went. */
  public Verdict verdict() {
    return judgement.verdict();
  }

  /** Returns the same for people: one sentence, with the cure where one is needed. */
  public String meaning() {
    return judgement.meaning();
  }
}
