/**
 * The command line: each command parses its arguments, calls one room and prints.
 *
 * <p>{@link io.wwep.cli.Main} is the process; everything below it gets its streams from a {@code
 * Console} and can run inside a test.
 */
package io.wwep.cli;
