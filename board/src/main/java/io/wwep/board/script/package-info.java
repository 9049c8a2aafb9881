/**
 * Scripts that drive a board without a terminal: {@link io.wwep.board.script.Script} is what was
 * read, {@link io.wwep.board.script.ScriptRun} plays it on a board and tells each step.
 */
package io.wwep.board.script;
