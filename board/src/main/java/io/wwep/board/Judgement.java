package io.wwep.board;

/**
 * What a board makes of something.
 *
 * @param verdict how it went
 * @param meaning the same for people: one sentence, with the cure where one is needed
 */
public record Judgement(Verdict verdict, String meaning) {}
