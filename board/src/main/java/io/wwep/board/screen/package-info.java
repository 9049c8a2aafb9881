/**
 * A board drawn on a terminal: {@link io.wwep.board.screen.BoardScreen} turns keys into pictures,
 * which are lines of text; who shows them is a {@link io.wwep.board.screen.Screen}.
 */
package io.wwep.board.screen;
