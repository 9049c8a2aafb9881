package io.wwep.board;

import java.time.Duration;

/**
 * One message of a board and what came of it.
 *
 * @param secure whether it went over TLS
 * @param sent the bytes as text, as in {@code W00F5050001}; empty when nothing was sent
 * @param received the bytes as text, as in {@code A00F5050001}; empty when nothing came
 * @param verdict how it went
 * @param meaning the same for people: one sentence, with the cure where one is needed
 * @param elapsed from the first byte sent to the reply or the end of waiting; zero when nothing was
 *     sent
 */
public record Transmission(
    boolean secure,
    String sent,
    String received,
    Verdict verdict,
    String meaning,
    Duration elapsed) {}
