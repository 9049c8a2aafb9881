package io.wwep.board;

/** What a board makes of an exchange: the verdict, and the same as a sentence. */
record Judgement(Verdict verdict, String meaning) {}
