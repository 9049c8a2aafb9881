/**
 * A board's connection in slow motion: each step of a socket as it happens, with what passes the
 * wire and the packet buffers with their reference counts. Nothing here is told that was not seen:
 * the buffers are Netty's of this very connection, and TLS is read off its records.
 *
 * <p>{@link io.wwep.board.steps.SlowMotion} makes the steps, {@link io.wwep.board.steps.StepLines}
 * puts them into lines of text.
 */
package io.wwep.board.steps;
