/**
 * A board without hardware: two buttons, an LED and a device ID, as in the exercises of the lecture
 * on sockets.
 *
 * <p>{@link io.wwep.board.Board} is the board itself, {@link io.wwep.board.BoardConsole} puts keys
 * and a screen on it.
 */
package io.wwep.board;
